using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Tries;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>The last real block with made-up receipts and the header that commits to them. A test changes the JSON before it seals the block.</summary>
internal sealed class ReceiptedBlock
{
    private const int Gas = 21_000;
    private static readonly string s_account = "0x" + new string('a', 40);
    private static readonly string s_topic = "0x" + new string('b', 64);

    private ReceiptedBlock(JsonObject block, JsonArray receipts)
    {
        Block = block;
        Receipts = receipts;
    }

    /// <summary>The block as a node returns it.</summary>
    public JsonObject Block { get; }

    /// <summary>Its receipts as a node returns them.</summary>
    public JsonArray Receipts { get; }

    /// <summary>Its hash.</summary>
    public Hash256 Hash { get; private set; }

    /// <summary>Raw bytes of transactions that JSON cannot express, by index.</summary>
    public Dictionary<int, byte[]> Raws { get; } = [];

    /// <summary>Indexes of transactions that the transactionsRoot does not cover.</summary>
    public HashSet<int> OutsideRoot { get; } = [];

    public IReadOnlyList<Hash256> Transactions => [.. Block["transactions"]!.AsArray().Select(static tx => Hash256.Parse(tx!["hash"]!.GetValue<string>()))];

    /// <summary>The block before it, from which a follower resumes.</summary>
    public static SeenBlock Parent => RealBlocks.Seen(RealBlocks.ByNumber.Keys.Last() - 1);

    /// <summary>The number of logs of a transaction: none of every third one, which reverted; three of the second, which differ.</summary>
    public static int LogsOf(int index) => index % 3 == 2 ? 0 : index == 1 ? 3 : 1;

    /// <summary>A block whose every third transaction reverted and whose others have logs.</summary>
    public static ReceiptedBlock New(string? extraData = null)
    {
        var block = RealBlocks.Last.DeepClone().AsObject();
        block["extraData"] = extraData ?? block["extraData"]!.GetValue<string>();
        var receipts = new JsonArray();
        int cumulative = 0;
        foreach (var tx in block["transactions"]!.AsArray())
        {
            cumulative += Gas + receipts.Count;
            bool isReverted = receipts.Count % 3 == 2;
            receipts.Add(new JsonObject
            {
                ["transactionHash"] = tx!["hash"]!.GetValue<string>(),
                ["status"] = isReverted ? "0x0" : "0x1",
                ["gasUsed"] = Hex(Gas + receipts.Count),
                ["cumulativeGasUsed"] = Hex(cumulative),
                ["logs"] = new JsonArray([.. Enumerable.Range(1, LogsOf(receipts.Count)).Select(Log)]),
            });
        }

        return new ReceiptedBlock(block, receipts);
    }

    /// <summary>Computes roots and hash over what the JSON says now.</summary>
    public ReceiptedBlock Seal()
    {
        Assert.True(RpcBlockReader.TryReadHeader(Element(Block), out var header, out _, out var failure), failure.ToString());
        header = header with { TransactionsRoot = BlockRoots.OfTransactions(EncodeTransactions()), ReceiptsRoot = OrderedTrie.RootOf(EncodeReceipts()) };
        Hash = header.ComputeHash();
        Block["transactionsRoot"] = header.TransactionsRoot.ToString();
        Block["receiptsRoot"] = header.ReceiptsRoot.ToString();
        Block["hash"] = Hash.ToString();
        foreach (var receipt in Receipts)
        {
            receipt!["blockHash"] = Hash.ToString();
        }

        return this;
    }

    /// <summary>Replaces a transaction by one of a type that is unknown here.</summary>
    public ReceiptedBlock WithForeign(int index, byte type)
    {
        byte[] raw = [type, 0xc2, 0x01, 0x02];
        Raws[index] = raw;
        Block["transactions"]![index] = new JsonObject
        {
            ["type"] = Hex(type),
            ["hash"] = Keccak256.Hash(raw).ToString(),
            ["from"] = Block["transactions"]![index]!["from"]!.GetValue<string>(),
            ["nonce"] = "0x9",
        };
        Receipts[index]!["transactionHash"] = Keccak256.Hash(raw).ToString();
        return this;
    }

    /// <summary>The answer of a node that holds the chain up to this block; null receipts mean that it does not have them.</summary>
    public string? Answer(string method, JsonElement parameters, JsonArray? receipts) => method switch
    {
        "eth_getBlockByNumber" => Block.ToJsonString(),
        "eth_getBlockByHash" => parameters[0].GetString() == Hash.ToString() ? Block.ToJsonString() : RealBlocks.Find(parameters[0].GetString()!)?.ToJsonString() ?? "null",
        "eth_getTransactionCount" => "\"0x7\"",
        "eth_getBlockReceipts" => receipts?.ToJsonString() ?? "null",
        "eth_getTransactionReceipt" => receipts?.FirstOrDefault(receipt => receipt!["transactionHash"]!.GetValue<string>() == parameters[0].GetString())?.ToJsonString() ?? "null",
        "eth_getRawTransactionByHash" => Raws.Values.FirstOrDefault(raw => Keccak256.Hash(raw).ToString() == parameters[0].GetString()) is { } raw ? $"\"0x{Convert.ToHexString(raw)}\"" : "null",
        _ => ScriptedNode.Honest(method),
    };

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    public static string Hex(int value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    private static JsonObject Log(int topics) =>
        new() { ["address"] = s_account, ["topics"] = new JsonArray([.. Enumerable.Repeat(s_topic, topics)]), ["data"] = "0x0102" };

    private List<ReadOnlyMemory<byte>> EncodeTransactions()
    {
        var raws = new List<ReadOnlyMemory<byte>>();
        var transactions = Block["transactions"]!.AsArray();
        for (int i = 0; i < transactions.Count; i++)
        {
            if (OutsideRoot.Contains(i))
            {
                continue;
            }

            if (Raws.TryGetValue(i, out byte[]? raw))
            {
                raws.Add(raw);
                continue;
            }

            Assert.True(RpcTransactionReader.TryRead(Element(transactions[i]!), out var read, out var failure), failure.ToString());
            raws.Add(TransactionEncoder.Encode(read.Transaction));
        }

        return raws;
    }

    /// <summary>Encodes the receipts that the root covers, by the same writer as production; vectors of real blocks pin that writer.</summary>
    private List<ReadOnlyMemory<byte>> EncodeReceipts()
    {
        var encoded = new List<ReadOnlyMemory<byte>>();
        for (int i = 0; i < Receipts.Count; i++)
        {
            if (OutsideRoot.Contains(i))
            {
                continue;
            }

            var receipt = Receipts[i]!;
            var type = Block["transactions"]![i]!["type"]?.GetValue<string>() ?? "0x0";
            var buffer = new ByteBuffer();
            var bloom = new LogsBloom();
            Assert.True(RpcReceiptReader.TryRead(Element(receipt), out var read, out _));
            foreach (var log in read.Logs)
            {
                bloom.Add(log.Account, log.Topics);
            }

            var writer = new ReceiptWriter(
                buffer, Convert.ToByte(type, 16), read.StateRoot, read.Outcome, read.CumulativeGasUsed!.Value.Value, bloom);
            foreach (var log in read.Logs)
            {
                writer.Log(log.Account, log.Topics, log.Data.Span);
            }

            if (read.DepositVersion is { } version)
            {
                writer.End(read.DepositNonce!.Value, version);
            }
            else
            {
                writer.End();
            }

            encoded.Add(buffer.WrittenSpan.ToArray());
        }

        return encoded;
    }
}
