using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Diffs;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Diffs;

public sealed class StateDiffTests
{
    [Fact]
    public void A_diff_lists_added_removed_and_changed_transactions()
    {
        var story = new Scenario(Stories.Short).Block("base").Arrives("moves", "alice", 0).Arrives("stays", "bob", 0)
            .Arrives("goes", "carol", 0).Arrives("outbids", "carol", 0, fee: 500, tip: 50);
        var before = story.Engine.Snapshot();

        story.Block("b1", "moves").EmptyBlocks(2).Arrives("comes", "dora", 0);
        var diff = new StateDiff(before, story.Engine.Snapshot());

        Assert.Equal((1, 1, 1), (diff.Added, diff.Removed, diff.Changed));
        Assert.Equal(
            new[]
            {
                new TxDifference(Named.Tx("comes"), TxState.Unknown, TxState.Pending),
                new TxDifference(Named.Tx("goes"), TxState.Replaced, TxState.Unknown),
                new TxDifference(Named.Tx("moves"), TxState.Pending, TxState.Included),
            }.OrderBy(difference => difference.Hash),
            diff.Page(null, 10));
        Assert.Equal(3, before.TxsByState[(int)TxState.Pending]);
    }

    [Fact]
    public void Pages_add_up_to_the_whole()
    {
        var story = new Scenario();
        var before = story.Engine.Snapshot();
        for (int i = 0; i < 25; i++)
        {
            story.Seen($"tx {i}");
        }

        var diff = new StateDiff(before, story.Engine.Snapshot());
        List<TxDifference> all = [];
        Hash256? last = null;
        while (diff.Page(last, 7) is { Count: > 0 } page)
        {
            all.AddRange(page);
            last = page[^1].Hash;
        }

        Assert.Equal(diff.Page(null, 100), all);
        Assert.Equal(25, all.Count);
    }
}
