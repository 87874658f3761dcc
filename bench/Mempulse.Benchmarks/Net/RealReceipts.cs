using System.Text.Json;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Net.Blocks;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Benchmarks.Net;

/// <summary>The receipts of 13 real mainnet blocks as peers send them (eth/69), each verified by the block's receiptsRoot.</summary>
internal static class RealReceipts
{
    private const string Blocks = "tests/vectors/mainnet/blocks-rlp-receipts69.jsonl.zst";

    /// <summary>All of them, in chain order.</summary>
    public static IReadOnlyList<(VerifiedBlock Block, byte[] Raw, BlockReceipts Receipts)> Load()
    {
        var blocks = new List<(VerifiedBlock, byte[], BlockReceipts)>();
        using var reader = new StreamReader(new DecompressionStream(File.OpenRead(RealTransactions.Find(Blocks)), leaveOpen: false));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var block = BlockOf(json.RootElement);
            byte[] raw = Bytes(json.RootElement, "receipts_eth69");
            blocks.Add((block, raw, Read(block, raw)));
        }

        return blocks;
    }

    /// <summary>Reads and verifies.</summary>
    public static BlockReceipts Read(VerifiedBlock block, byte[] raw)
    {
        string problem = "The bytes are not receipts.";
        return PeerReceiptReader.TryRead(raw, out var read, out _) && ReceiptVerifier.Verify(block, read, out problem) is { IsVerified: true } proven
            ? proven
            : throw new InvalidDataException($"Block {block.Number}: {problem}");
    }

    private static VerifiedBlock BlockOf(JsonElement json)
    {
        if (!HeaderCodec.TryDecode(Bytes(json, "header"), out var header, out var failure) || !BlockBody.TryDecode(Bytes(json, "body"), out var body, out failure))
        {
            throw new InvalidDataException($"{Blocks}: {failure}");
        }

        return new VerifiedBlock
        {
            Header = header,
            Hash = header.ComputeHash(),
            Transactions = [.. body.Transactions.Select(static raw => new BlockTx(Keccak256.Hash(raw.Span), default, default, ExecutionOutcome.Unknown, default, default))],
            Types = [.. body.Transactions.Select(static raw => raw.Span[0] < 0x80 ? raw.Span[0] : (byte)0)],
            UnknownBodies = [],
        };
    }

    private static byte[] Bytes(JsonElement json, string name) => Convert.FromHexString((json.GetProperty(name).GetString() ?? string.Empty)[2..]);
}
