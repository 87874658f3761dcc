using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Tries;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Reads blocks with their receipts and prestates, and proves blocks and receipts by the headers. Prestates come without proofs.</summary>
/// <remarks>
/// The layout: blocks/N/block.json as eth_getBlockByNumber returns it, blocks/N/pre_state.json, receipts/N.json, and codes.json and block_hashes.json for
/// all blocks.
/// </remarks>
internal sealed class ExcerptReader(IReadOnlyList<ulong> numbers)
{
    private readonly SortedDictionary<string, JsonElement> _files = new(StringComparer.Ordinal);

    /// <summary>Reads the blocks, by ascending number.</summary>
    /// <exception cref="UsageException">A file is missing, or does not match the hashes of its block.</exception>
    public IReadOnlyList<ExcerptBlock> Read(string path, CancellationToken cancellationToken)
    {
        string[] wanted = ["codes.json", "block_hashes.json", .. numbers.SelectMany(number => (string[])[BlockFile(number), StateFile(number), ReceiptsFile(number)])];
        JsonFiles.Each(path, (name, content) => Keep(wanted, name, content), cancellationToken);
        if (wanted.FirstOrDefault(name => !_files.ContainsKey(name)) is { } missing)
        {
            throw new UsageException($"'{missing}' is missing at '{path}'.");
        }

        var check = new RealBlockCheck();
        var prestates = new PrestateReader(_files["codes.json"], _files["block_hashes.json"]);
        return [.. numbers.Order().Select(number => Read(check, prestates, number))];
    }

    private static string BlockFile(ulong number) => string.Create(CultureInfo.InvariantCulture, $"blocks/{number}/block.json");

    private static string StateFile(ulong number) => string.Create(CultureInfo.InvariantCulture, $"blocks/{number}/pre_state.json");

    private static string ReceiptsFile(ulong number) => string.Create(CultureInfo.InvariantCulture, $"receipts/{number}.json");

    private void Keep(string[] wanted, string name, Stream content)
    {
        string unified = "/" + name.Replace('\\', '/');
        if (Array.Find(wanted, file => unified.EndsWith("/" + file, StringComparison.Ordinal)) is { } file)
        {
            using var json = JsonDocument.Parse(content);
            _files[file] = json.RootElement.Clone();
        }
    }

    private ExcerptBlock Read(RealBlockCheck check, PrestateReader prestates, ulong number)
    {
        if (!RpcBlockReader.TryRead(_files[BlockFile(number)], out var read, out var failure))
        {
            throw new UsageException($"'{BlockFile(number)}' is not a block: {failure.Reason}");
        }

        var block = check.Check(BlockFile(number), read);
        if (OrderedTrie.RootOf([.. block.Bodies.Select(static body => (ReadOnlyMemory<byte>)body)]) != block.Header.TransactionsRoot)
        {
            throw new UsageException($"The transactions in '{BlockFile(number)}' do not hash to the header's root.");
        }

        var receipts = RecordedReceipts.Prove(
            block.Header, block.Observed, block.Bodies, [.. _files[ReceiptsFile(number)].EnumerateArray().Select(receipt => ReadReceipt(receipt, block.Observed.Hash))], out string problem)
            ?? throw new UsageException($"The receipts in '{ReceiptsFile(number)}' prove nothing. {problem}");
        var observed = block.Observed with
        {
            Transactions = [.. block.Observed.Transactions.Zip(receipts.Results, static (tx, result) => tx with { Outcome = result.Outcome, GasUsed = result.GasUsed })],
        };
        return new ExcerptBlock(block with { Observed = observed }, receipts.Facts, prestates.Read(block.Header, _files[StateFile(number)]));
    }

    private static RpcReceipt ReadReceipt(JsonElement receipt, Hash256 block) => new()
    {
        TransactionHash = Hash256.Parse(receipt.GetProperty("txHash").GetString()!),
        BlockHash = block,
        Outcome = receipt.GetProperty("status").GetInt32() == 1 ? ExecutionOutcome.Succeeded : ExecutionOutcome.Reverted,
        StateRoot = null,
        GasUsed = new Gas(receipt.GetProperty("gasUsed").GetUInt64()),
        CumulativeGasUsed = new Gas(receipt.GetProperty("cumulativeGasUsed").GetUInt64()),
        Logs = [.. receipt.GetProperty("logs").EnumerateArray().Select(ReadLog)],
    };

    /// <summary>A log is an array: the account, the topics, the data.</summary>
    private static TxLog ReadLog(JsonElement log) => new(
        Address.Parse(log[0].GetString()!),
        [.. log[1].EnumerateArray().Select(static topic => Hash256.Parse(topic.GetString()!))],
        Convert.FromHexString(log[2].GetString()!.AsSpan(2)));
}
