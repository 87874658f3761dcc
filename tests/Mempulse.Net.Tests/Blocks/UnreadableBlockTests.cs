using System.Text.Json.Nodes;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Blocks with transactions and headers that do not read as specified: read by their hash, fetched another way, or kept and marked. Never a lost source.</summary>
public sealed class UnreadableBlockTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Spellings =>
    [
        "typed: no chainId", "typed: chainId null", "typed: v of 27 or 28, no yParity", "typed: yParity against v", "typed: no v and no yParity", "typed: v by EIP-155",
        "typed: no type", "typed: leading zeros", "typed: nonce as a number", "typed: gasLimit for gas", "typed: accessList null",
        "legacy: v of 0 or 1", "legacy: v of 0 or 1, no chainId", "legacy: v of 27 or 28 though protected", "legacy: yParity only", "legacy: no type",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_transaction_in_another_spelling_is_read_by_its_hash(string spelling)
    {
        var block = ReceiptedBlock.New().Seal();
        Respell(block, spelling);
        await using var node = Node(block);

        var (observed, events) = await FollowAsync(block, node);

        Assert.Equal(UnverifiedParts.None, observed.Unverified);
        Assert.Equal(TrueSenders(), observed.Transactions.Select(static tx => (tx.Hash, tx.Sender)));
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Theory]
    [InlineData("nonce", "eth_getRawTransactionByHash")]
    [InlineData("value", "eth_getRawTransactionByBlockHashAndIndex")]
    [InlineData("r", "debug_getRawTransaction")]
    public async Task A_transaction_whose_JSON_cannot_be_read_is_fetched_as_bytes(string field, string method)
    {
        var block = ReceiptedBlock.New().Seal();
        string raw = $"\"0x{Convert.ToHexString(RawOf(block, 3))}\"";
        block.Block["transactions"]![3]!.AsObject().Remove(field);
        await using var node = Node(block);
        node.Script = node.Script.With(method, new NodeReply.Result(raw));

        var (observed, events) = await FollowAsync(block, node);

        Assert.Equal(UnverifiedParts.None, observed.Unverified);
        Assert.Equal(TrueSenders(), observed.Transactions.Select(static tx => (tx.Hash, tx.Sender)));
        Assert.Empty(events.OfType<LogEvent.TxIngestDropped>());
    }

    [Theory]
    [InlineData("nonce", null)]
    [InlineData("value", "\"0xzz\"")]
    [InlineData("type", "\"0x64\"")]
    [InlineData("to", "17")]
    public async Task A_transaction_that_nothing_returns_is_a_drop_and_its_block_is_kept_and_marked(string field, string? value)
    {
        var block = ReceiptedBlock.New().Seal();
        block.Block["transactions"]![3]![field] = value is null ? null : JsonNode.Parse(value);
        await using var node = Node(block);

        var (observed, events) = await FollowAsync(block, node);

        Assert.Equal(UnverifiedParts.Transactions, observed.Unverified);
        Assert.Equal(block.Transactions, observed.Transactions.Select(static tx => tx.Hash));
        var drop = Assert.Single(events.OfType<LogEvent.TxIngestDropped>());
        Assert.Equal((block.Transactions[3], DropReason.BodyUnavailable, 1ul), (drop.First, drop.Reason, drop.Count));
    }

    [Fact]
    public async Task A_system_transaction_outside_the_root_is_left_out_on_record()
    {
        var block = ReceiptedBlock.New();
        var system = block.Block["transactions"]![0]!.DeepClone().AsObject();
        foreach (string field in (string[])["r", "s", "v", "yParity", "gas", "gasPrice", "maxFeePerGas", "maxPriorityFeePerGas", "value"])
        {
            system[field] = "0x0";
        }

        system["from"] = "0x" + new string('0', 40);
        system["to"] = "0x" + new string('0', 40);
        system["hash"] = "0x" + new string('5', 64);
        block.OutsideRoot.Add(block.Receipts.Count);
        block.Block["transactions"]!.AsArray().Add(system);
        block.Receipts.Add(block.Receipts[0]!.DeepClone());
        block.Receipts[^1]!["transactionHash"] = "0x" + new string('5', 64);
        await using var node = Node(block.Seal());

        var (observed, events) = await FollowAsync(block, node);

        Assert.Equal(UnverifiedParts.None, observed.Unverified);
        Assert.Equal(TrueSenders(), observed.Transactions.Select(static tx => (tx.Hash, tx.Sender)));
        Assert.Equal(DropReason.OutsideRoot, Assert.Single(events.OfType<LogEvent.TxIngestDropped>()).Reason);
        Assert.All(events.OfType<LogEvent.ReceiptsObserved>(), static receipts => Assert.True(receipts.IsVerified));
    }

    [Theory]
    [InlineData("a later field", UnverifiedParts.None)]
    [InlineData("a later field, in another order", UnverifiedParts.Header)]
    [InlineData("a later field, in another order, and the bytes", UnverifiedParts.None)]
    [InlineData("a field less", UnverifiedParts.Header)]
    [InlineData("a field less, and the bytes", UnverifiedParts.None)]
    [InlineData("a field that is malformed", UnverifiedParts.Header)]
    public async Task A_header_of_a_later_fork_is_verified_where_possible_and_kept_otherwise(string form, UnverifiedParts expected)
    {
        var block = ReceiptedBlock.New().Seal();
        Assert.True(RpcBlockReader.TryReadHeader(ReceiptedBlock.Element(block.Block), out var header, out _, out _));
        byte[] word = [.. Enumerable.Repeat((byte)7, 32)];
        byte[] raw = Encode(header, form.StartsWith("a later", StringComparison.Ordinal) ? word : null);
        string hash = Ethereum.Hashing.Keccak256.Hash(raw).ToString();
        block.Block["hash"] = hash;
        if (form.StartsWith("a later", StringComparison.Ordinal))
        {
            block.Block["blockAccessListHash"] = "0x" + Convert.ToHexString(word);
        }

        if (form.Contains("another order", StringComparison.Ordinal))
        {
            block.Block["slotNumber"] = "0x5"; // not in the header
        }

        if (form.Contains("less", StringComparison.Ordinal))
        {
            block.Block.Remove("sha3Uncles");
        }

        if (form.Contains("malformed", StringComparison.Ordinal))
        {
            block.Block["difficulty"] = "zero";
        }

        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method == "eth_getBlockByHash" && parameters[0].GetString() == hash ? block.Block.ToJsonString() : block.Answer(method, parameters, null),
        };
        if (form.EndsWith("the bytes", StringComparison.Ordinal))
        {
            node.Script = node.Script.With("debug_getRawHeader", new NodeReply.Result($"\"0x{Convert.ToHexString(raw)}\""));
        }

        var (observed, _) = await FollowAsync(block, node);

        Assert.Equal((Hash256.Parse(hash), expected, header.Number), (observed.Hash, observed.Unverified, observed.Number));
    }

    private static byte[] Encode(BlockHeader header, byte[]? further)
    {
        var output = new Primitives.Encoding.ByteBuffer();
        HeaderCodec.Encode(header, output);
        byte[] known = output.WrittenSpan.ToArray();
        if (further is null)
        {
            return known;
        }

        // A list of more than 255 bytes: 0xf9, the length in two bytes, the items.
        byte[] items = [.. known[3..], 0xa0, .. further];
        return [0xf9, (byte)(items.Length >> 8), (byte)(items.Length & 0xff), .. items];
    }

    private static void Respell(ReceiptedBlock block, string spelling)
    {
        var transactions = block.Block["transactions"]!.AsArray();
        bool isTyped = spelling.StartsWith("typed", StringComparison.Ordinal);
        var tx = transactions.First(tx => (tx!["type"]!.GetValue<string>() == "0x2") == isTyped && (isTyped || tx["type"]!.GetValue<string>() == "0x0"))!.AsObject();
        int v = Convert.ToInt32(tx["v"]!.GetValue<string>(), 16);
        int parity = isTyped ? v : (v & 1) ^ 1;
        switch (spelling.Split(": ")[1])
        {
            case "no chainId":
                tx.Remove("chainId");
                break;
            case "chainId null":
                tx["chainId"] = null;
                break;
            case "v of 27 or 28, no yParity":
                tx.Remove("yParity");
                tx["v"] = ReceiptedBlock.Hex(27 + parity);
                break;
            case "yParity against v":
                tx["yParity"] = ReceiptedBlock.Hex(1 - parity);
                break;
            case "no v and no yParity":
                tx.Remove("yParity");
                tx.Remove("v");
                break;
            case "v by EIP-155":
                tx.Remove("yParity");
                tx["v"] = ReceiptedBlock.Hex(37 + parity);
                break;
            case "no type":
                tx.Remove("type");
                break;
            case "leading zeros":
                tx["nonce"] = "0x000" + tx["nonce"]!.GetValue<string>()[2..];
                tx["value"] = "0x000" + tx["value"]!.GetValue<string>()[2..];
                tx["type"] = "0x02";
                break;
            case "nonce as a number":
                tx["nonce"] = Convert.ToInt64(tx["nonce"]!.GetValue<string>(), 16);
                break;
            case "gasLimit for gas":
                tx["gasLimit"] = tx["gas"]!.GetValue<string>();
                tx.Remove("gas");
                break;
            case "accessList null":
                tx = transactions.First(tx => tx!["type"]!.GetValue<string>() == "0x2" && tx["accessList"]!.AsArray().Count == 0)!.AsObject();
                tx["accessList"] = null;
                break;
            case "v of 0 or 1":
                tx["v"] = ReceiptedBlock.Hex(parity);
                break;
            case "v of 0 or 1, no chainId":
                tx["v"] = ReceiptedBlock.Hex(parity);
                tx.Remove("chainId");
                break;
            case "v of 27 or 28 though protected":
                tx["v"] = ReceiptedBlock.Hex(27 + parity);
                break;
            case "yParity only":
                tx["yParity"] = ReceiptedBlock.Hex(parity);
                tx.Remove("v");
                break;
            default:
                Assert.Fail(spelling);
                break;
        }
    }

    private static byte[] RawOf(ReceiptedBlock block, int index)
    {
        Assert.True(RpcTransactionReader.TryRead(ReceiptedBlock.Element(block.Block["transactions"]![index]!), out var read, out _));
        return TransactionEncoder.Encode(read.Transaction);
    }

    private static IEnumerable<(Hash256 Hash, Address Sender)> TrueSenders() => RealBlocks.Last["transactions"]!.AsArray()
        .Select(static tx => (Hash256.Parse(tx!["hash"]!.GetValue<string>()), Address.Parse(tx["from"]!.GetValue<string>())));

    private static ScriptedNode Node(ReceiptedBlock block) => new() { Result = (method, parameters) => block.Answer(method, parameters, block.Receipts) };

    /// <summary>Follows the node to the block, which must be recorded without the loss of the source or a dropped block.</summary>
    private static async Task<(LogEvent.BlockObserved Block, IReadOnlyList<LogEvent> Events)> FollowAsync(ReceiptedBlock block, ScriptedNode node)
    {
        var sink = new RecordingSink();
        var options = new BlockFollowerOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("scripted", node.Address)],
            ResumeFrom = [ReceiptedBlock.Parent],
            PollInterval = TimeSpan.FromMilliseconds(50),
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        };
        await using var follower = new BlockFollower(options, sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any() || sink.Events().OfType<LogEvent.SourceLost>().Any(), "the block");
        await follower.StopAsync(Cancelled);

        List<LogEvent> events = [.. sink.Events()];
        Assert.DoesNotContain(events.OfType<LogEvent.SourceLost>(), static lost => lost.Reason != SourceLossReason.Shutdown);
        Assert.Empty(events.OfType<LogEvent.BlockIngestDropped>());
        Assert.NotEmpty(block.Transactions);
        return (Assert.Single(events.OfType<LogEvent.BlockObserved>()), events);
    }
}
