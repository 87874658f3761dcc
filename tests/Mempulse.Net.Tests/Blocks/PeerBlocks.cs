using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Net.Blocks;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>13 real mainnet blocks with their receipts as peers send them (eth/69).</summary>
internal static class PeerBlocks
{
    private static readonly Lazy<IReadOnlyList<(VerifiedBlock Block, byte[] Eth69)>> s_all = new(() => [.. Load()]);

    public static IReadOnlyList<(VerifiedBlock Block, byte[] Eth69)> All => s_all.Value;

    private static IEnumerable<(VerifiedBlock Block, byte[] Eth69)> Load()
    {
        using var reader = new StreamReader(new DecompressionStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet", "blocks-rlp-receipts69.jsonl.zst")), leaveOpen: false));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            byte[] Of(string name) => Convert.FromHexString(json.RootElement.GetProperty(name).GetString()![2..]);
            Assert.True(HeaderCodec.TryDecode(Of("header"), out var header, out _));
            Assert.True(BlockBody.TryDecode(Of("body"), out var body, out _));
            yield return (
                new VerifiedBlock
                {
                    Header = header,
                    Hash = header.ComputeHash(),
                    Transactions = [.. body.Transactions.Select(static raw => new BlockTx(Keccak256.Hash(raw.Span), default, default, ExecutionOutcome.Unknown, default, default))],
                    Types = [.. body.Transactions.Select(static raw => raw.Span[0] < 0x80 ? raw.Span[0] : (byte)0)],
                    UnknownBodies = [],
                },
                Of("receipts_eth69"));
        }
    }
}
