using System.Formats.Tar;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Reads JSON-RPC blocks from a directory or a .tar.zst of .json files, and verifies each by its hashes.</summary>
internal sealed class RealBlockReader(ulong first, ulong last)
{
    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
    private readonly SortedDictionary<ulong, RealBlock> _blocks = [];

    /// <summary>Reads the blocks from first to last.</summary>
    /// <exception cref="UsageException">A block is missing, or does not match its hashes.</exception>
    public IReadOnlyList<RealBlock> Read(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            foreach (string file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var stream = File.OpenRead(file);
                Take(file, stream);
            }
        }
        else if (File.Exists(path))
        {
            ReadArchive(path, cancellationToken);
        }
        else
        {
            throw new UsageException($"There are no blocks at '{path}': the file or directory does not exist.");
        }

        return CheckChain(path);
    }

    private void ReadArchive(string path, CancellationToken cancellationToken)
    {
        using var packed = File.OpenRead(path);
        using var unpacked = new DecompressionStream(packed);
        using var archive = new TarReader(unpacked);
        while (archive.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.DataStream is { } content && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                Take(entry.Name, content);
            }
        }
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

        if (block.Header.ComputeHash() != block.ClaimedHash)
        {
            throw new UsageException($"The header in '{name}' does not hash to {block.ClaimedHash}.");
        }

        var bodies = block.Transactions.Select(tx => TransactionEncoder.Encode(tx.Transaction)).ToList();
        var transactions = bodies.Select((raw, i) => ToBlockTx(name, raw, block.TransactionHashes[i])).ToList();
        _blocks[block.Header.Number.Value] = new RealBlock(ToObserved(block, transactions), bodies);
    }

    private BlockTx ToBlockTx(string name, byte[] raw, Hash256 hash)
    {
        if (Keccak256.Hash(raw) != hash
            || !_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out _)
            || !_decoder.TryRecover(ref tx, out var sender, out _))
        {
            throw new UsageException($"Transaction {hash} in '{name}' is not valid: it does not decode, or does not match its hash.");
        }

        // These blocks come without receipts: success is assumed and gas is unknown, as BlockTx documents.
        return new BlockTx(hash, sender, tx.Nonce, ExecutionOutcome.Unknown, new Gas(0), tx.Authorizations.ToArray());
    }

    private static LogEvent.BlockObserved ToObserved(RpcBlock block, IReadOnlyList<BlockTx> transactions) => new()
    {
        Hash = block.ClaimedHash,
        Number = block.Header.Number,
        ParentHash = block.Header.ParentHash,
        TimestampSeconds = block.Header.TimestampSeconds,
        BaseFeePerGas = block.Header.BaseFeePerGas ?? default,
        GasUsed = block.Header.GasUsed,
        GasLimit = block.Header.GasLimit,
        FeeRecipient = block.Header.FeeRecipient,
        ExcessBlobGas = block.Header.ExcessBlobGas ?? default,
        BlobGasUsed = block.Header.BlobGasUsed ?? default,
        Transactions = transactions,
        AuthorityNonces = [],
    };
}
