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
            diff.All());
        Assert.Equal(3, before.TxsByState[(int)TxState.Pending]);
    }
}
