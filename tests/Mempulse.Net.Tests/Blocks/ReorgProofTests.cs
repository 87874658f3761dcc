using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>A reorg needs a proof: another canonical block at a height that is recorded, or a head that stays gone.</summary>
public sealed class ReorgProofTests
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Heights below the head that the endpoint's backends report, poll after poll.</summary>
    public static TheoryData<string, int[]> LaggingBackends => new()
    {
        { "one behind, many times", [.. Enumerable.Repeat(1, 30)] },
        { "alternating", [.. Enumerable.Range(0, 30).Select(static i => i % 2)] },
        { "several behind, alternating", [.. Enumerable.Range(0, 30).Select(static i => i % 4)] },
        { "catching up", [5, 5, 4, 4, 3, 3, 2, 2, 1, 1] },
        { "falling back further", [1, 2, 3, 4, 5, 6, 7, 8] },
        { "below everything that is remembered", [.. Enumerable.Repeat(18, 30)] },
    };

    [Theory]
    [MemberData(nameof(LaggingBackends))]
    public async Task A_shorter_answer_is_a_lagging_source(string kind, int[] behind)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 22, "a");
        var head = blocks[20];

        // The first polls report the head, then the backends lag, then all of them have the next block.
        chain.Polls = poll => poll <= 3 ? head : poll - 4 < behind.Length ? blocks[20 - behind[poll - 4]] : blocks[21];
        var facts = await FollowAsync(chain, s_never, blocks[21]);

        Assert.Empty(facts.OfType<LogEvent.ReorgDetected>());
        Assert.Empty(facts.OfType<LogEvent.FinalityViolated>());
        Assert.Empty(facts.OfType<LogEvent.ChainGap>());
        Assert.True(facts.OfType<LogEvent.BlockObserved>().Select(block => block.Hash).SequenceEqual([MadeChain.IdOf(head), MadeChain.IdOf(blocks[21])]), kind);
    }

    [Fact]
    public async Task A_backend_that_has_no_block_under_the_hash_of_the_head_proves_nothing()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 12, "a");
        chain.Polls = poll => poll == 1 ? blocks[10] : poll < 20 ? blocks[9] : Restored(chain, blocks[11]);
        chain.Missing[MadeChain.HashOf(blocks[11])] = true;
        var facts = await FollowAsync(chain, s_never, blocks[11], MadeChain.HashOf(blocks[10]));

        Assert.Empty(facts.OfType<LogEvent.ReorgDetected>());
    }

    [Fact]
    public async Task A_late_notification_of_an_abandoned_block_is_not_a_reorg()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 13, "a");
        var left = chain.Build(blocks[9], 1, "left")[0];
        chain.Show(blocks[11]);
        var sink = new RecordingSink();
        await using var node = new ScriptedNode
        {
            Result = chain.Answer,
            AfterSubscribe = async (_, wire) =>
            {
                await Until.TrueAsync(() => Has(sink, blocks[11]), "the head is recorded");
                await wire.TextAsync(ScriptedNode.Notification(left.ToJsonString()));
                await Until.TrueAsync(() => chain.WasFetched(left), "the follower looks at the abandoned block before a newer notification takes its place");
                await wire.TextAsync(ScriptedNode.Notification(blocks[8].ToJsonString()));
                await wire.TextAsync(ScriptedNode.Notification(blocks[10].ToJsonString()));
                chain.Show(blocks[12]);
            },
        };
        await RunAsync(sink, Options(s_never, RpcEndpoint.Parse("a", node.Address)), () => Has(sink, blocks[12]));

        Assert.Empty(sink.Events().OfType<LogEvent.ReorgDetected>());
        Assert.Equal([MadeChain.IdOf(blocks[11]), MadeChain.IdOf(blocks[12])], sink.Events().OfType<LogEvent.BlockObserved>().Select(block => block.Hash));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(3)]
    public async Task Another_block_at_a_recorded_height_is_a_reorg_at_once(int lengthDifference)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 21, "a");
        var other = chain.Build(blocks[15], 5 + lengthDifference, "b");
        chain.Polls = poll => poll <= 3 ? blocks[20] : other[^1];
        var facts = await FollowAsync(chain, s_never, other[^1]);

        var reorg = Assert.Single(facts.OfType<LogEvent.ReorgDetected>());
        Assert.Equal((MadeChain.IdOf(blocks[20]), MadeChain.IdOf(other[^1]), MadeChain.IdOf(blocks[15]), 5UL), (reorg.OldHead, reorg.NewHead, reorg.CommonAncestor, reorg.Depth));
    }

    [Fact]
    public async Task Backends_on_both_sides_of_a_fork_are_one_reorg_until_one_side_grows()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 22, "a");
        var other = chain.Build(blocks[19], 1, "b");
        chain.Polls = poll => poll <= 3 ? blocks[20] : poll < 60 ? poll % 4 < 2 ? other[0] : blocks[20] : blocks[21];
        var facts = await FollowAsync(chain, s_never, blocks[21]);

        Assert.Equal([MadeChain.IdOf(other[0]), MadeChain.IdOf(blocks[21])], facts.OfType<LogEvent.ReorgDetected>().Select(reorg => reorg.NewHead));
        Assert.Equal(
            [MadeChain.IdOf(blocks[20]), MadeChain.IdOf(other[0]), MadeChain.IdOf(blocks[20]), MadeChain.IdOf(blocks[21])],
            facts.OfType<LogEvent.BlockObserved>().Select(block => block.Hash));
    }

    [Fact]
    public async Task A_head_that_stays_gone_is_a_reorg_and_so_is_the_other_chain_that_grows_instead()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 21, "a");
        chain.Polls = poll => poll <= 3 ? blocks[20] : blocks[18];
        var removed = await FollowAsync(chain, s_soon, until: facts => facts.OfType<LogEvent.ReorgDetected>().Any());

        var grown = new MadeChain();
        var old = grown.Build(null, 21, "a");
        var other = grown.Build(old[18], 1, "b");
        grown.Polls = poll => poll <= 3 ? old[20] : poll < 10 ? old[18] : other[0];
        var replaced = await FollowAsync(grown, s_never, other[0]);

        Assert.Equal((18UL, 2UL), (Only(removed).CommonAncestorNumber.Value, Only(removed).Depth));
        Assert.Equal((18UL, 2UL), (Only(replaced).CommonAncestorNumber.Value, Only(replaced).Depth));
    }

    [Fact]
    public async Task A_node_that_is_catching_up_has_not_removed_blocks()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 22, "a");
        chain.Polls = poll => poll <= 3 ? blocks[20] : poll < 30 ? blocks[18] : blocks[21];
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method == "eth_syncing" ? """{"currentBlock":"0x12","highestBlock":"0x15"}""" : chain.Answer(method, parameters),
        };
        var sink = new RecordingSink();
        chain.HoldUntilFollowed(sink);
        await RunAsync(sink, Options(s_soon, RpcEndpoint.Parse("a", node.HttpAddress)), () => Has(sink, blocks[21]));

        Assert.Empty(sink.Events().OfType<LogEvent.ReorgDetected>());
    }

    [Fact]
    public async Task A_node_that_still_has_our_head_at_its_height_has_not_removed_it()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 22, "a");
        chain.Polls = poll => poll <= 3 ? blocks[20] : poll < 30 ? blocks[18] : blocks[21];
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method == "eth_getBlockByNumber" && parameters[0].GetString() == blocks[20]["number"]!.GetValue<string>()
                ? blocks[20].ToJsonString()
                : chain.Answer(method, parameters),
        };
        var sink = new RecordingSink();
        chain.HoldUntilFollowed(sink);
        await RunAsync(sink, Options(s_soon, RpcEndpoint.Parse("a", node.HttpAddress)), () => Has(sink, blocks[21]));

        Assert.Empty(sink.Events().OfType<LogEvent.ReorgDetected>());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2)]
    public async Task A_second_source_that_is_behind_takes_over_without_a_reorg(int height)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 22, "a");
        chain.Show(blocks[20]);
        var behind = new MadeChain();
        Assert.Equal(MadeChain.HashOf(blocks[20]), MadeChain.HashOf(behind.Build(null, 22, "a")[20]));
        behind.Show(blocks[height]);
        var first = new ScriptedNode { Result = chain.Answer };
        await using var second = new ScriptedNode { Result = behind.Answer };
        var sink = new RecordingSink();
        var options = Options(s_soon, RpcEndpoint.Parse("a", first.Address), RpcEndpoint.Parse("b", second.Address)) with { MaxBackfillBlocks = 32 };
        await using var follower = new BlockFollower(options, sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Has(sink, blocks[20]) && sink.Events().OfType<LogEvent.SourceConnected>().Count() == 2, "both connected");

        await first.DisposeAsync();
        int polls = behind.PollCount;
        await Until.TrueAsync(() => behind.PollCount > polls + 20, "the second is asked");
        behind.Show(blocks[21]);
        await Until.TrueAsync(() => Has(sink, blocks[21]), "the next block");
        await follower.StopAsync(Cancelled);

        Assert.Empty(sink.Events().OfType<LogEvent.ReorgDetected>());
        Assert.Empty(sink.Events().OfType<LogEvent.FinalityViolated>());
        Assert.Empty(sink.Events().OfType<LogEvent.ChainGap>());
    }

    private static LogEvent.ReorgDetected Only(IEnumerable<LogEvent> facts) => Assert.Single(facts.OfType<LogEvent.ReorgDetected>());

    private static JsonObject Restored(MadeChain chain, JsonObject block)
    {
        chain.Missing.Clear();
        return block;
    }

    private static bool Has(RecordingSink sink, JsonObject block) =>
        sink.Events().OfType<LogEvent.BlockObserved>().Any(observed => observed.Hash == MadeChain.IdOf(block));

    private static Task<List<LogEvent>> FollowAsync(MadeChain chain, TimeSpan patience, JsonObject last, params string[] missingLater) =>
        FollowAsync(
            chain,
            patience,
            facts =>
            {
                if (facts.OfType<LogEvent.BlockObserved>().Any())
                {
                    Array.ForEach(missingLater, hash => chain.Missing[hash] = true);
                }

                return facts.OfType<LogEvent.BlockObserved>().Any(block => block.Hash == MadeChain.IdOf(last));
            });

    private static async Task<List<LogEvent>> FollowAsync(MadeChain chain, TimeSpan patience, Func<List<LogEvent>, bool> until)
    {
        await using var node = new ScriptedNode { Result = chain.Answer };
        var sink = new RecordingSink();
        chain.HoldUntilFollowed(sink);
        await RunAsync(sink, Options(patience, RpcEndpoint.Parse("a", node.HttpAddress)), () => until(sink.Events()));
        return sink.Events();
    }

    private static async Task RunAsync(RecordingSink sink, BlockFollowerOptions options, Func<bool> until)
    {
        await using var follower = new BlockFollower(options, sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(until, "the last block");
        await follower.StopAsync(Cancelled);
    }

    private static BlockFollowerOptions Options(TimeSpan patience, params RpcEndpoint[] endpoints) => new()
    {
        Chain = new ChainId(1),
        Endpoints = endpoints,
        WindowBlocks = 16,
        MaxBackfillBlocks = 8,
        RollbackPatience = patience,
        PollInterval = TimeSpan.FromMilliseconds(5),
        Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
    };
}
