using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Testing.Nodes;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>The follower on real blocks, from an honest node and from one that changes them.</summary>
public sealed class RealBlockFollowerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Real_blocks_are_verified_and_their_senders_and_authorities_recovered()
    {
        await using var node = new ScriptedNode { Result = Honest };
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Count() == 10, "ten blocks");
        await follower.StopAsync(Cancelled);

        var blocks = sink.Events().OfType<LogEvent.BlockObserved>().ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => RealBlocks.First + (ulong)i), blocks.Select(block => block.Number.Value));
        foreach (var block in blocks)
        {
            var rpcTransactions = RealBlocks.ByNumber[block.Number.Value]["transactions"]!.AsArray();
            Assert.Equal(
                rpcTransactions.Select(tx => (Hash256.Parse(tx!["hash"]!.GetValue<string>()), Address.Parse(tx["from"]!.GetValue<string>()))),
                block.Transactions.Select(tx => (tx.Hash, tx.Sender)));
        }

        var authorities = blocks.SelectMany(block => block.Transactions).SelectMany(tx => tx.Authorizations.ToArray()).Select(tuple => tuple.Authority).ToHashSet();
        Assert.NotEmpty(authorities);
        Assert.All(blocks.SelectMany(block => block.AuthorityNonces), nonce => Assert.Equal(new Nonce(7), nonce.Next));
        Assert.True(authorities.SetEquals(blocks.SelectMany(block => block.AuthorityNonces).Select(nonce => nonce.Account)));
        Assert.Empty(sink.Events().OfType<LogEvent.BlockIngestDropped>());
    }

    [Theory]
    [InlineData("a changed value")]
    [InlineData("a missing transaction")]
    [InlineData("another state root")]
    [InlineData("no block at all")]
    public async Task A_block_with_another_hash_than_requested_is_dropped_and_its_node_lost(string fault)
    {
        string hash = RealBlocks.Last["hash"]!.GetValue<string>();
        await using var node = new ScriptedNode();
        int lies = 1;
        node.Result = (method, parameters) =>
            method == "eth_getBlockByHash" && parameters[0].GetString() == hash && Interlocked.Decrement(ref lies) >= 0
                ? Falsify(fault)
                : Honest(method, parameters);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node);
        await follower.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(block => block.Hash == Hash256.Parse(hash)), "the true block");
        await follower.StopAsync(Cancelled);

        var drop = Assert.Single(sink.Events().OfType<LogEvent.BlockIngestDropped>());
        Assert.Equal((Hash256.Parse(hash), DropReason.InvalidProtocol), (drop.Block, drop.Reason));
        Assert.Equal(SourceLossReason.ProtocolViolation, sink.Events().OfType<LogEvent.SourceLost>().First().Reason);
    }

    [Fact]
    public async Task A_block_with_an_unknown_transaction_type_is_verified_by_the_raw_bytes_which_are_kept()
    {
        var (block, raw) = WithUnknownType();
        string hash = block["hash"]!.GetValue<string>();
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method switch
            {
                "eth_getBlockByNumber" => block.ToJsonString(),
                "eth_getBlockByHash" when parameters[0].GetString() == hash => block.ToJsonString(),
                "eth_getRawTransactionByHash" => $"\"0x{Convert.ToHexString(raw)}\"",
                _ => Honest(method, parameters),
            },
        };
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(seen => seen.Hash == Hash256.Parse(hash)), "the block");
        await follower.StopAsync(Cancelled);

        var observed = sink.Events().OfType<LogEvent.BlockObserved>().Single(seen => seen.Hash == Hash256.Parse(hash));
        var (txHash, from) = (Keccak256.Hash(raw), Address.Parse(block["transactions"]![3]!["from"]!.GetValue<string>()));
        Assert.Equal((txHash, from, new Nonce(9)), (observed.Transactions[3].Hash, observed.Transactions[3].Sender, observed.Transactions[3].Nonce));
        var drop = Assert.Single(sink.Events().OfType<LogEvent.TxIngestDropped>());
        Assert.Equal((DropReason.DecodeFail, txHash), (drop.Reason, drop.First));
        Assert.Equal(raw, drop.Raw.ToArray());
        Assert.Empty(sink.Events().OfType<LogEvent.BlockIngestDropped>());
    }

    /// <summary>The last real block with its fourth transaction replaced by one of type 0x7e, and that one's bytes.</summary>
    private static (JsonObject Block, byte[] Raw) WithUnknownType()
    {
        byte[] raw = [0x7e, 0xc2, 0x01, 0x02];
        var json = RealBlocks.Last.DeepClone().AsObject();
        json["transactions"]![3] = new JsonObject
        {
            ["type"] = "0x7e",
            ["hash"] = Keccak256.Hash(raw).ToString(),
            ["from"] = json["transactions"]![3]!["from"]!.GetValue<string>(),
            ["nonce"] = "0x9",
            ["sourceHash"] = "0x" + new string('1', 64),
        };
        Assert.True(RpcBlockReader.TryRead(JsonSerializer.SerializeToElement(RealBlocks.Last), out var real, out _));
        var raws = real.Transactions.Select(tx => (ReadOnlyMemory<byte>)TransactionEncoder.Encode(tx.Transaction)).ToList();
        raws[3] = raw;
        var header = real.Header with { TransactionsRoot = BlockRoots.OfTransactions(raws) };
        json["transactionsRoot"] = header.TransactionsRoot.ToString();
        json["hash"] = header.ComputeHash().ToString();
        return (json, raw);
    }

    private static string Falsify(string fault)
    {
        var block = RealBlocks.Last.DeepClone().AsObject();
        switch (fault)
        {
            case "a changed value":
                block["transactions"]![3]!["value"] = "0x1234567";
                block["transactions"]![3]!["hash"] = block["transactions"]![2]!["hash"]!.GetValue<string>();
                break;
            case "a missing transaction":
                block["transactions"]!.AsArray().RemoveAt(0);
                break;
            case "another state root":
                block["stateRoot"] = "0x" + new string('1', 64);
                break;
            default:
                return "{\"hash\":17}";
        }

        return block.ToJsonString();
    }

    private static string? Honest(string method, JsonElement parameters) => method switch
    {
        "eth_getBlockByNumber" => RealBlocks.Last.ToJsonString(),
        "eth_getBlockByHash" => RealBlocks.Find(parameters[0].GetString()!)?.ToJsonString() ?? "null",
        "eth_getTransactionCount" => "\"0x7\"",
        _ => ScriptedNode.Honest(method),
    };

    private static BlockFollower NewFollower(RecordingSink sink, ScriptedNode node) => new(
        new BlockFollowerOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("scripted", node.Address)],
            ResumeFrom = [RealBlocks.Seen(RealBlocks.First)],
            PollInterval = TimeSpan.FromMilliseconds(100),
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        },
        sink,
        TimeProvider.System);
}
