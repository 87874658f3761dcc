using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.Net.Tests.Blocks;

public sealed class BlockFollowerTests
{
    private const string Account = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string Other = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_block_is_recorded_once_on_its_parent_with_its_receipts(bool isSubscribed)
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node, isSubscribed);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(sink).Count == 1, "the first block");

        string hash = (await node.CallAsync("eth_sendTransaction", Cancelled, Transaction(0))).GetString()!;
        await MineAsync(node, 3);

        await Until.TrueAsync(() => Heads(sink).Count == 4, "three more");
        await follower.StopAsync(Cancelled);
        var blocks = Heads(sink);
        for (int i = 1; i < blocks.Count; i++)
        {
            Assert.Equal(blocks[i - 1].Hash, blocks[i].ParentHash);
            Assert.Equal(blocks[i - 1].Number.Value + 1, blocks[i].Number.Value);
        }

        var included = Assert.Single(blocks[1].Transactions);
        Assert.Equal((Hash256.Parse(hash), Address.Parse(Account), new Nonce(0)), (included.Hash, included.Sender, included.Nonce));
        Assert.Equal(ExecutionOutcome.Succeeded, included.Outcome);
        Assert.Equal(new Gas(21_000), included.GasUsed);
        Assert.Empty(sink.Events().OfType<LogEvent.BlockIngestDropped>());
    }

    [Fact]
    public async Task A_real_nodes_receipts_are_proven_with_their_outcomes_gas_and_logs()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node, isSubscribed: true);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(sink).Count == 1, "the first block");

        string[] codes = ["0x602a600052600760206000a100", "0x60006000fd", "0x00"]; // emits a log, reverts, does nothing
        var hashes = new List<Hash256>();
        foreach (string code in codes)
        {
            var creation = Transaction(hashes.Count);
            creation.Remove("to");
            creation["data"] = code;
            creation["value"] = "0x0";
            creation["gas"] = "0x30d40";
            hashes.Add(Hash256.Parse((await node.CallAsync("eth_sendTransaction", Cancelled, creation)).GetString()!));
        }

        await MineAsync(node, 1);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.ReceiptsObserved>().Any(), "the receipts");
        await follower.StopAsync(Cancelled);

        var proven = Assert.Single(sink.Events().OfType<LogEvent.ReceiptsObserved>());
        Assert.True(proven.IsVerified);
        Assert.Equal(hashes, proven.Receipts.Select(static receipt => receipt.Tx));
        Assert.Equal([ExecutionOutcome.Succeeded, ExecutionOutcome.Reverted, ExecutionOutcome.Succeeded], proven.Receipts.Select(static receipt => receipt.Outcome));
        Assert.Equal(Heads(sink)[1].Transactions.Select(static tx => (tx.Outcome, tx.GasUsed)), proven.Receipts.Select(static receipt => (receipt.Outcome, receipt.GasUsed)));
        var log = Assert.Single(proven.Receipts[0].Logs);
        Assert.Equal(32, log.Data.Length);
        Assert.Single(log.Topics);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task A_reorg_is_recorded_with_its_common_ancestor_before_the_new_blocks(int depth)
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        await MineAsync(node, 50);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node, isSubscribed: true);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(sink).Count == 1, "the first block");
        var old = Heads(sink)[0];
        var ancestor = await HashAtAsync(node, 50 - depth);

        await node.CallAsync("anvil_reorg", Cancelled, depth, new JsonArray());
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.ReorgDetected>().Any(), "the reorg");
        await Until.TrueAsync(() => Heads(sink).Any(block => block.Number.Value == 50 && block.Hash != old.Hash), "the new head");
        await follower.StopAsync(Cancelled);

        var reorgs = sink.Events().OfType<LogEvent.ReorgDetected>().ToList();
        Assert.Equal(old.Hash, reorgs[0].OldHead);
        Assert.Equal((ancestor, new BlockNumber((ulong)(50 - depth)), (ulong)depth), (reorgs[0].CommonAncestor, reorgs[0].CommonAncestorNumber, reorgs[0].Depth));
        AssertChain(sink.Events(), old.ParentHash);
        Assert.Equal(await HashAtAsync(node, 50), Heads(sink)[^1].Hash);
    }

    [Fact]
    public async Task Blocks_removed_without_replacement_are_detected_by_polling()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        await MineAsync(node, 10);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node, isSubscribed: true);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(sink).Count == 1, "the first block");

        await node.CallAsync("anvil_rollback", Cancelled, 2);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.ReorgDetected>().Any(), "the reorg");
        var reorg = sink.Events().OfType<LogEvent.ReorgDetected>().Single();
        Assert.Equal((8UL, 2UL, reorg.NewHead), (reorg.CommonAncestorNumber.Value, reorg.Depth, reorg.CommonAncestor));
        await follower.StopAsync(Cancelled);
    }

    [Fact]
    public async Task After_a_pause_missing_blocks_are_fetched_or_recorded_as_a_gap()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        await MineAsync(node, 5);
        var first = await HashAtAsync(node, 5);
        var parent = await HashAtAsync(node, 4);
        await MineAsync(node, 20);

        var filled = new RecordingSink();
        await using (var follower = NewFollower(filled, node, isSubscribed: true, new SeenBlock(new BlockNumber(5), first, parent)))
        {
            await follower.StartAsync(Cancelled);
            await Until.TrueAsync(() => Heads(filled).Count == 20, "backfill");
            await follower.StopAsync(Cancelled);
        }

        await MineAsync(node, 40);
        var gapped = new RecordingSink();
        await using var late = NewFollower(gapped, node, isSubscribed: true, new SeenBlock(new BlockNumber(5), first, parent));
        await late.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(gapped).Count == 1, "the head");
        await late.StopAsync(Cancelled);

        AssertChain(filled.Events(), first);
        var gap = Assert.Single(gapped.Events().OfType<LogEvent.ChainGap>());
        Assert.Equal((6UL, 64UL), (gap.From.Value, gap.To.Value));
        Assert.Equal(65UL, Heads(gapped)[0].Number.Value);
    }

    [Fact]
    public async Task The_sender_of_an_unsigned_transaction_is_taken_from_the_test_node()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        const string impersonated = "0x00000000000000000000000000000000000abcde";
        await node.CallAsync("anvil_setBalance", Cancelled, impersonated, "0xde0b6b3a7640000");
        await node.CallAsync("anvil_impersonateAccount", Cancelled, impersonated);
        var sink = new RecordingSink();
        await using var follower = NewFollower(sink, node, isSubscribed: true);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Heads(sink).Count == 1, "the first block");

        var transaction = Transaction(0);
        transaction["from"] = impersonated;
        string hash = (await node.CallAsync("eth_sendTransaction", Cancelled, transaction)).GetString()!;
        await MineAsync(node, 1);

        await Until.TrueAsync(() => Heads(sink).Count == 2, "the block");
        var included = Assert.Single(Heads(sink)[1].Transactions);
        Assert.Equal((Hash256.Parse(hash), Address.Parse(impersonated)), (included.Hash, included.Sender));
        await follower.StopAsync(Cancelled);
    }

    [Fact]
    public async Task When_the_followed_node_is_lost_another_takes_over_without_a_repeated_block()
    {
        var first = await AnvilNode.StartAsync(Cancelled, null, "--timestamp", "1700000000");
        await using var second = await AnvilNode.StartAsync(Cancelled, null, "--timestamp", "1700000000");
        foreach (var node in new[] { first, second })
        {
            await node.CallAsync("evm_setNextBlockTimestamp", Cancelled, 1_700_000_100);
            await node.CallAsync("evm_mine", Cancelled);
        }

        Assert.Equal(await HashAtAsync(first, 1), await HashAtAsync(second, 1));
        var sink = new RecordingSink();
        var options = Options(RpcEndpoint.Parse("a", first.WebSocketAddress), RpcEndpoint.Parse("b", second.WebSocketAddress));
        await using var follower = new BlockFollower(options, sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceConnected>().Count() == 2 && Heads(sink).Count == 1, "connected");

        await first.DisposeAsync();
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        await MineAsync(second, 1);

        await Until.TrueAsync(() => Heads(sink).Count == 2, "the next block");
        Assert.Equal(Heads(sink)[0].Hash, Heads(sink)[1].ParentHash);
        Assert.Empty(sink.Events().OfType<LogEvent.ReorgDetected>());
        await follower.StopAsync(Cancelled);
    }

    /// <summary>Asserts that each block's parent is the preceding one, or the ancestor of the preceding reorg.</summary>
    private static void AssertChain(IEnumerable<LogEvent> events, Hash256 start)
    {
        var head = start;
        foreach (var entry in events)
        {
            if (entry is LogEvent.BlockObserved block)
            {
                Assert.Equal(head, block.ParentHash);
                head = block.Hash;
            }
            else if (entry is LogEvent.ReorgDetected reorg)
            {
                Assert.Equal(head, reorg.OldHead);
                head = reorg.CommonAncestor;
            }
        }
    }

    private static List<LogEvent.BlockObserved> Heads(RecordingSink sink) => [.. sink.Events().OfType<LogEvent.BlockObserved>()];

    private static BlockFollower NewFollower(RecordingSink sink, AnvilNode node, bool isSubscribed, params SeenBlock[] resumeFrom) =>
        new(Options(RpcEndpoint.Parse("a", isSubscribed ? node.WebSocketAddress : node.HttpAddress)) with { ResumeFrom = resumeFrom }, sink, TimeProvider.System);

    private static BlockFollowerOptions Options(params RpcEndpoint[] endpoints) => new()
    {
        Chain = new ChainId(1),
        Endpoints = endpoints,
        MaxBackfillBlocks = 32,
        PollInterval = TimeSpan.FromMilliseconds(200),
        RollbackPatience = TimeSpan.FromMilliseconds(400),
        Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(50), MaxReconnectDelay = TimeSpan.FromMilliseconds(200) },
    };

    private static async Task MineAsync(AnvilNode node, int count) =>
        await node.CallAsync("anvil_mine", Cancelled, $"0x{count:x}");

    private static async Task<Hash256> HashAtAsync(AnvilNode node, int number)
    {
        var block = await node.CallAsync("eth_getBlockByNumber", Cancelled, "0x" + number.ToString("x", CultureInfo.InvariantCulture), false);
        return Hash256.Parse(block.GetProperty("hash").GetString()!);
    }

    private static JsonObject Transaction(int nonce) => new()
    {
        ["from"] = Account,
        ["to"] = Other,
        ["value"] = "0x1",
        ["gas"] = "0x5208",
        ["nonce"] = $"0x{nonce:x}",
    };
}
