using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>What is followed from head to head, at exact times and heights: the heads come from the test, the blocks from a scripted node.</summary>
public sealed class ChainTrackerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(24);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_that_is_reported_again_ends_its_absence()
    {
        await using var test = await FollowedAsync(20);
        await test.RollBackAsync(18);
        test.Time.Advance(s_patience - TimeSpan.FromTicks(1));
        test.Tracker.Note(test.Head(20));
        test.Time.Advance(TimeSpan.FromTicks(1));

        await test.RollBackAsync(18);
        Assert.DoesNotContain(await test.FactsAsync(), static fact => fact is LogEvent.ReorgDetected);

        test.Time.Advance(s_patience);
        await test.RollBackAsync(18);
        Assert.Single((await test.FactsAsync()).OfType<LogEvent.ReorgDetected>());
    }

    [Fact]
    public async Task Only_polls_of_the_source_of_the_head_show_that_it_is_gone()
    {
        await using var test = await FollowedAsync(20);
        foreach (var (source, isPolled) in new[] { ("a", false), ("b", true), ("a", true) })
        {
            await test.RollBackAsync(18, source, isPolled);
            test.Time.Advance(s_patience);
            await test.RollBackAsync(18, source, isPolled);

            bool isProof = (source, isPolled) == ("a", true);
            Assert.Equal(isProof ? 1 : 0, (await test.FactsAsync()).OfType<LogEvent.ReorgDetected>().Count());
        }
    }

    [Fact]
    public async Task An_absence_that_the_node_does_not_confirm_starts_again()
    {
        await using var test = await FollowedAsync(20);
        test.IsSyncing = true;
        await test.RollBackAsync(18);
        test.Time.Advance(s_patience);
        await test.RollBackAsync(18);
        test.IsSyncing = false;

        await test.RollBackAsync(18);
        Assert.DoesNotContain(await test.FactsAsync(), static fact => fact is LogEvent.ReorgDetected);

        test.Time.Advance(s_patience);
        await test.RollBackAsync(18);
        Assert.Single((await test.FactsAsync()).OfType<LogEvent.ReorgDetected>());
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "21 to 29")]
    public async Task Exactly_the_blocks_over_the_backfill_limit_are_a_gap(int ahead, string? gap)
    {
        await using var test = await FollowedAsync(20);

        await test.TakeAsync(20 + ahead);

        var facts = await test.FactsAsync();
        var found = facts.OfType<LogEvent.ChainGap>().Select(static fact => $"{fact.From} to {fact.To}").SingleOrDefault();
        Assert.Equal(gap, found);
        Assert.Equal(gap is null ? 10 : 2, facts.OfType<LogEvent.BlockObserved>().Count());
    }

    [Fact]
    public async Task The_blocks_below_a_gap_are_remembered_so_that_a_reorg_after_it_has_its_ancestor()
    {
        await using var test = await FollowedAsync(20);
        await test.TakeAsync(30);
        var other = test.Chain.Build(test.Blocks[28], 3, "b");

        await test.TakeAsync(other[^1]);

        var reorg = Assert.Single((await test.FactsAsync()).OfType<LogEvent.ReorgDetected>());
        Assert.Equal((MadeChain.IdOf(test.Blocks[28]), 2UL), (reorg.CommonAncestor, reorg.Depth));
    }

    [Fact]
    public async Task A_head_that_left_while_blocks_were_missed_is_a_reorg_before_the_rest()
    {
        await using var test = await FollowedAsync(20);
        var other = test.Chain.Build(test.Blocks[18], 20, "b");

        await test.TakeAsync(other[^1]);

        var facts = await test.FactsAsync();
        Assert.Equal((MadeChain.IdOf(test.Blocks[18]), 2UL), (facts.OfType<LogEvent.ReorgDetected>().Single().CommonAncestor, facts.OfType<LogEvent.ReorgDetected>().Single().Depth));
        Assert.Empty(facts.OfType<LogEvent.ChainGap>());
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task A_reorg_of_exactly_the_confirmation_depth_violates_nothing(int depth, bool violates)
    {
        await using var test = await FollowedAsync(20);
        var other = test.Chain.Build(test.Blocks[20 - depth], depth + 1, "b");

        await test.TakeAsync(other[^1]);

        var facts = await test.FactsAsync();
        Assert.Equal(violates ? 0 : 1, facts.OfType<LogEvent.ReorgDetected>().Count());
        Assert.Equal(violates ? 1 : 0, facts.OfType<LogEvent.FinalityViolated>().Count());
    }

    [Fact]
    public async Task A_source_that_cannot_be_asked_does_not_contradict_a_final_reorg()
    {
        await using var test = await FollowedAsync(20);
        await using var unreachable = TrackedChain.NewClient("http://127.0.0.1:1");
        var other = test.Chain.Build(test.Blocks[10], 12, "b");

        await test.TakeAsync(other[^1], unreachable);

        Assert.Single((await test.FactsAsync()).OfType<LogEvent.FinalityViolated>());
    }

    [Theory]
    [InlineData("descending", 13)]
    [InlineData("ascending", 13)]
    [InlineData("with a hole", 13)]
    public async Task Blocks_of_before_the_restart_are_continued_in_whatever_order_they_are_stored(string kind, int next)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 41, "a");
        SeenBlock[] seen = [.. Enumerable.Range(9, 4).Select(number => MadeChain.Seen(blocks[number]))];
        SeenBlock[] resumed = kind switch
        {
            "descending" => [.. seen.Reverse()],
            "with a hole" => [MadeChain.Seen(blocks[5]), .. seen],
            _ => seen,
        };
        await using var test = await TrackedChain.StartAsync(chain, blocks, s_patience, resumed);

        await test.TakeAsync(next);

        Assert.Equal(MadeChain.IdOf(blocks[next]), Assert.Single((await test.FactsAsync()).OfType<LogEvent.BlockObserved>()).Hash);
    }

    [Fact]
    public async Task After_a_restart_with_two_nodes_one_that_is_behind_has_not_removed_the_head_that_the_other_may_have_reported()
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 41, "a");
        await using var test = await TrackedChain.StartAsync(chain, blocks, s_patience, [.. Enumerable.Range(9, 12).Select(number => MadeChain.Seen(blocks[number]))]);

        await test.RollBackAsync(18);
        test.Time.Advance(s_patience);
        await test.RollBackAsync(18);

        Assert.DoesNotContain(await test.FactsAsync(), static fact => fact is LogEvent.ReorgDetected);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Another_source_is_followed_when_it_is_more_than_two_blocks_ahead(int ahead, bool isFar)
    {
        await using var test = await FollowedAsync(20);

        Assert.Equal(isFar, test.Tracker.IsFarAhead(test.Head(20 + ahead)));
    }

    [Theory]
    [InlineData(9_000, 0, false)]
    [InlineData(9_001, 0, true)]
    [InlineData(1, 8_998, false)]
    [InlineData(1, 8_999, true)]
    public async Task A_block_of_more_parts_than_a_record_holds_is_a_drop(int transactions, int authorisations, bool isDropped)
    {
        await using var test = await FollowedAsync(20);
        var tuples = new Authorization[authorisations];
        Array.Fill(tuples, new Authorization(default, SomeAuthority, default, default));
        var block = test.Verified(21) with
        {
            Transactions = [.. Enumerable.Repeat(new BlockTx(default, default, default, ExecutionOutcome.Unknown, default, tuples), transactions)],
        };

        await test.Recorder.RecordAsync(test.Client, SourceId.Of("a"), block, Cancelled);

        var facts = await test.FactsAsync();
        Assert.Equal(isDropped ? 1 : 2, facts.OfType<LogEvent.BlockObserved>().Count());
        var drops = facts.OfType<LogEvent.BlockIngestDropped>().Where(static drop => drop.Reason == DropReason.Oversize).ToList();
        Assert.Equal(isDropped ? ["The block has 9001 transactions, authorisations and nonces."] : [], drops.Select(static drop => drop.Detail));
    }

    private static Address SomeAuthority => Address.Parse("0x" + new string('7', 40));

    private static async Task<TrackedChain> FollowedAsync(int head)
    {
        var chain = new MadeChain();
        var test = await TrackedChain.StartAsync(chain, chain.Build(null, 41, "a"), s_patience, []);
        await test.TakeAsync(head);
        return test;
    }
}
