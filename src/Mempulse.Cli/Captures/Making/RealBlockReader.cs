using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Reads JSON-RPC blocks from a directory or a .tar.zst of .json files, and verifies each by its hashes.</summary>
internal sealed class RealBlockReader(ulong first, ulong last)
{
    private readonly RealBlockCheck _check = new();
    private readonly SortedDictionary<ulong, RealBlock> _blocks = [];

    /// <summary>Reads the blocks from first to last.</summary>
    /// <exception cref="UsageException">A block is missing, or does not match its hashes.</exception>
    public IReadOnlyList<RealBlock> Read(string path, CancellationToken cancellationToken)
    {
        JsonFiles.Each(path, Take, cancellationToken);
        return CheckChain(path);
    }

    private List<RealBlock> CheckChain(string path)
    {
        for (ulong number = first; number <= last; number++)
        {
            if (!_blocks.TryGetValue(number, out var block))
            {
                throw new UsageException($"Block {number} is missing at '{path}'.");
            }

            if (number > first && block.Observed.ParentHash != _blocks[number - 1].Observed.Hash)
            {
                throw new UsageException($"Block {number} is not a child of block {number - 1}.");
            }
        }

        return [.. _blocks.Values];
    }

    private void Take(string name, Stream content)
    {
        using var json = JsonDocument.Parse(content);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !RpcBlockReader.TryRead(json.RootElement, out var block, out _)
            || block.Header.Number.Value < first
            || block.Header.Number.Value > last)
        {
            return;
        }

        _blocks[block.Header.Number.Value] = _check.Check(name, block);
    }
}
