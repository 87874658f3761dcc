using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>A chain that is replaced beyond finality is a fact of its own, unless another source contradicts it.</summary>
public sealed class FinalityTests
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7, 1)]
    [InlineData(9, 9)]
    [InlineData(9, 12)]
    public async Task A_reorg_deeper_than_confirmations_violates_finality(int depth, int length)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 31, "a");
        var other = chain.Build(blocks[30 - depth], length, "b");
        chain.Polls = poll => poll <= 3 ? blocks[30] : other[^1];
        var facts = await FollowAsync(chain, s_never, other[^1]);

        var violated = Assert.Single(facts.OfType<LogEvent.FinalityViolated>());
        Assert.Equal((MadeChain.IdOf(blocks[30]), MadeChain.IdOf(other[^1])), (violated.OldHead, violated.NewHead));
        Assert.Equal((MadeChain.IdOf(blocks[30 - depth]), (ulong)(30 - depth)), (violated.CommonAncestor, violated.CommonAncestorNumber!.Value.Value));
        Assert.Empty(facts.OfType<LogEvent.ReorgDetected>());
        Assert.Equal(other.Select(MadeChain.IdOf), facts.OfType<LogEvent.BlockObserved>().Select(block => block.Hash).Skip(1));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(24)]
    [InlineData(37)]
    public async Task A_chain_that_shares_no_remembered_block_violates_finality(int length)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 31, "a");
        var other = chain.Build(null, length, "b");
        chain.Polls = poll => poll <= 3 ? blocks[30] : other[^1];
        var facts = await FollowAsync(chain, s_never, other[^1]);

        var violated = Assert.Single(facts.OfType<LogEvent.FinalityViolated>());
        Assert.Equal((MadeChain.IdOf(blocks[30]), null, null), (violated.OldHead, violated.CommonAncestor, violated.CommonAncestorNumber));
        Assert.Empty(facts.OfType<LogEvent.ChainGap>());
    }

    [Fact]
    public async Task A_restarted_chain_far_below_is_found_when_the_old_head_stays_gone()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 31, "a");
        var other = chain.Build(null, 3, "b");
        chain.Polls = poll => poll <= 3 ? blocks[30] : other[2];
        var facts = await FollowAsync(chain, s_soon, other[2]);

        Assert.Single(facts.OfType<LogEvent.FinalityViolated>());
    }

    [Fact]
    public async Task Blocks_removed_below_finality_violate_it()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 31, "a");
        var next = chain.Build(blocks[20], 1, "b");
        chain.Polls = poll => poll <= 3 ? blocks[30] : poll < 30 ? blocks[20] : next[0];
        var facts = await FollowAsync(chain, s_soon, next[0]);

        Assert.Equal(20UL, Assert.Single(facts.OfType<LogEvent.FinalityViolated>()).CommonAncestorNumber!.Value.Value);
        Assert.Empty(facts.OfType<LogEvent.ReorgDetected>());
    }

    [Fact]
    public async Task After_a_pause_a_reorg_is_recorded_before_what_was_missed()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 31, "a");
        var other = chain.Build(blocks[28], 60, "b");
        chain.Polls = poll => poll <= 3 ? blocks[30] : other[^1];
        var facts = await FollowAsync(chain, s_never, other[^1]);

        Assert.Equal(MadeChain.IdOf(blocks[28]), Assert.Single(facts.OfType<LogEvent.ReorgDetected>()).CommonAncestor);
        Assert.Equal(29UL, Assert.Single(facts.OfType<LogEvent.ChainGap>()).From.Value);
    }

    [Fact]
    public async Task A_source_that_replaces_final_blocks_alone_is_lost_and_the_chain_stays()
    {
        var honest = new MadeChain();
        var blocks = honest.Build(null, 34, "a");
        honest.Show(blocks[30]);
        var odd = new MadeChain();
        odd.Build(null, 31, "a");
        odd.Show(blocks[30]);
        var fork = odd.Build(blocks[5], 40, "fork");
        await using var first = new ScriptedNode { Result = odd.Answer };
        await using var second = new ScriptedNode { Result = honest.Answer };
        var sink = new RecordingSink();
        await using var follower = new BlockFollower(Options(s_soon, RpcEndpoint.Parse("odd", first.Address), RpcEndpoint.Parse("honest", second.Address)), sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Has(sink, blocks[30]) && sink.Events().OfType<LogEvent.SourceConnected>().Count() == 2, "both connected");

        odd.Show(fork[^1]);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(lost => lost.Name == "odd"), "the odd source is lost");
        honest.Show(blocks[33]);
        await Until.TrueAsync(() => Has(sink, blocks[33]), "the chain goes on");
        await follower.StopAsync(Cancelled);

        Assert.Empty(sink.Events().OfType<LogEvent.FinalityViolated>());
        Assert.Contains(sink.Events().OfType<LogEvent.BlockIngestDropped>(), drop => drop.Detail.Contains("another source still has block 30", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_development_chain_that_is_restarted_is_found()
    {
        var first = await AnvilNode.StartAsync(Cancelled);
        int port = first.Port;
        await first.CallAsync("anvil_mine", Cancelled, "0x14");
        var sink = new RecordingSink();
        await using var follower = new BlockFollower(Options(s_soon, RpcEndpoint.Parse("a", first.HttpAddress)), sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(), "the first block");
        await first.DisposeAsync();

        await using var again = await AnvilNode.StartAsync(Cancelled, port, "--timestamp", "1800000000");
        await again.CallAsync("anvil_mine", Cancelled, "0x3");
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.BlockObserved>().Any(block => block.Number.Value == 3), "the new chain");
        await follower.StopAsync(Cancelled);

        Assert.Equal(20UL, Assert.Single(sink.Events().OfType<LogEvent.FinalityViolated>()).OldNumber.Value);
    }

    private static bool Has(RecordingSink sink, JsonObject block) =>
        sink.Events().OfType<LogEvent.BlockObserved>().Any(observed => observed.Hash == MadeChain.IdOf(block));

    private static async Task<List<LogEvent>> FollowAsync(MadeChain chain, TimeSpan patience, JsonObject last)
    {
        await using var node = new ScriptedNode { Result = chain.Answer };
        var sink = new RecordingSink();
        chain.HoldUntilFollowed(sink);
        await using var follower = new BlockFollower(Options(patience, RpcEndpoint.Parse("a", node.HttpAddress)), sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(() => Has(sink, last), "the last block");
        await follower.StopAsync(Cancelled);
        return sink.Events();
    }

    private static BlockFollowerOptions Options(TimeSpan patience, params RpcEndpoint[] endpoints) => new()
    {
        Chain = new ChainId(1),
        Endpoints = endpoints,
        WindowBlocks = 16,
        ConfirmationDepthBlocks = 6,
        MaxBackfillBlocks = 32,
        RollbackPatience = patience,
        PollInterval = TimeSpan.FromMilliseconds(5),
        Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
    };
}
