using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Compares a node's answers about blocks and receipts with the decoded chain and the executed receipts.</summary>
internal static class BlockAnswers
{
    public static string? Header(RecordedChain chain, RpcExchange exchange)
    {
        var encoded = new ByteBuffer();
        HeaderCodec.Encode(chain.FindPoint(exchange.Text(0))!.Header, encoded);
        return Same(exchange.Result, encoded.WrittenSpan);
    }

    public static string? Block(RecordedChain chain, RpcExchange exchange) => Same(exchange.Result, RawBlock.Encode(
        chain.FindPoint(exchange.Text(0))!.Header, chain.Find(exchange.Text(0))?.Block.Body ?? new BlockBody([], [], null)));

    public static string? Transaction(RecordedChain chain, RpcExchange exchange)
    {
        var (block, index) = chain.FindTransaction(exchange.Text(0)!)!.Value;
        return Same(exchange.Result, block.Block.Body.Transactions[index].Span);
    }

    public static string? Receipts(RecordedChain chain, RpcExchange exchange)
    {
        var actual = ReceiptsOf(chain, exchange.Text(0)).Select(receipt =>
        {
            var encoded = new ByteBuffer();
            receipt.Encode(encoded, receipt.ComputeBloom());
            return Hex.Data(encoded.WrittenSpan);
        });
        return exchange.Result.EnumerateArray().Select(receipt => receipt.GetString()).SequenceEqual(actual) ? null : string.Join(',', actual);
    }

    public static string? BlockReceipts(RecordedChain chain, RpcExchange exchange)
    {
        if (exchange.Result.ValueKind == JsonValueKind.Null)
        {
            return chain.FindPoint(exchange.Text(0)) is null ? null : "expected no such block";
        }

        var expected = exchange.Result.EnumerateArray().ToList();
        var block = chain.Find(exchange.Text(0));
        return expected.Count != (block?.Hashes.Count ?? 0)
            ? $"{block?.Hashes.Count ?? 0} receipts, expected {expected.Count}"
            : expected.Select((receipt, index) => Judge(block!, index, receipt)).FirstOrDefault(failure => failure is not null);
    }

    public static string? Receipt(RecordedChain chain, RpcExchange exchange)
    {
        var found = chain.FindTransaction(exchange.Text(0)!);
        if (exchange.Result.ValueKind == JsonValueKind.Null)
        {
            return found is null ? null : "expected no such transaction";
        }

        return Judge(found!.Value.Block, found.Value.Index, exchange.Result);
    }

    private static string? Judge(ExecutedBlock block, int index, JsonElement expected)
    {
        var receipt = block.Execution.Receipts[index];
        var transaction = block.Executable.Transactions[index];
        int firstLog = block.Execution.Receipts.Take(index).Sum(earlier => earlier.Logs.Count);
        (string Name, string? Actual)[] fields =
        [
            ("blockHash", block.After.Hash.ToString()),
            ("blockNumber", Hex.Quantity(block.Block.Header.Number.Value)),
            ("transactionHash", block.Hashes[index].ToString()),
            ("transactionIndex", Hex.Quantity((ulong)index)),
            ("type", Hex.Quantity((ulong)receipt.Type)),
            ("from", transaction.Sender.ToString()),
            ("to", transaction.Recipient?.ToString()),
            ("contractAddress", receipt.Created?.ToString()),
            ("gasUsed", Hex.Quantity(receipt.GasUsed)),
            ("cumulativeGasUsed", Hex.Quantity(receipt.CumulativeGasUsed)),
            ("effectiveGasPrice", Hex.Quantity(TxFees.Of(transaction, block.Executable.Env).GasPrice)),
            ("logsBloom", Hex.Data(receipt.ComputeBloom().Bytes.Span)),
            ("root", receipt.StateRoot?.ToString()),
            ("status", receipt.StateRoot is null ? Hex.Quantity(receipt.Succeeded ? 1UL : 0UL) : null),
            ("blobGasUsed", transaction.BlobHashes.IsEmpty ? null : Hex.Quantity((ulong)transaction.BlobHashes.Length * BlobFee.GasPerBlob)),
            ("blobGasPrice", transaction.BlobHashes.IsEmpty ? null : Hex.Quantity(block.Executable.Env.BlobBaseFee)),
            ("logs", string.Join(' ', receipt.Logs.Select((log, at) => Line(log.Address, log.Topics, log.Data.Span, firstLog + at)))),
        ];
        var unknown = expected.EnumerateObject().Select(field => field.Name).Except(fields.Select(field => field.Name)).ToList();
        return unknown.Count != 0
            ? $"unexpected fields: {string.Join(',', unknown)}"
            : fields.Where(field => field.Actual != Text(expected, field.Name)).Select(field => $"{field.Name} {field.Actual}").FirstOrDefault();
    }

    private static string? Text(JsonElement receipt, string name)
    {
        if (!receipt.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return name != "logs" ? value.GetString() : string.Join(' ', value.EnumerateArray().Select(log => Line(
            log.Account("address"),
            log.GetProperty("topics").EnumerateArray().Select(topic => Hash256.Parse(topic.GetString()!)),
            log.Bytes("data"),
            (int)log.Number64("logIndex"))));
    }

    private static string Line(Address address, IEnumerable<Hash256> topics, ReadOnlySpan<byte> data, int index) =>
        $"{index}:{address}:{string.Join(',', topics)}:{Hex.Data(data)}";

    private static IReadOnlyList<TxReceipt> ReceiptsOf(RecordedChain chain, string? name) => chain.Find(name)?.Execution.Receipts ?? [];

    private static string? Same(JsonElement expected, ReadOnlySpan<byte> actual) => Hex.Data(actual) == expected.GetString() ? null : Hex.Data(actual);
}
