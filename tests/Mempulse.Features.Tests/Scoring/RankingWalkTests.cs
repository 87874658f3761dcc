using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>A ranking in slices, between which the pool changes, has its places at one state.</summary>
public sealed class RankingWalkTests
{
    private static readonly int[] s_amounts = [10, 20, 30, 50, 60, 70, 80, 90];

    private readonly PoolStory _story = new();

    public RankingWalkTests() => _story.Story.Block("b0");

    [Fact]
    public void Slices_find_what_a_walk_at_once_finds()
    {
        Swaps(10, 70, 30, 90, 50, 20);
        var walk = new RankingWalk(RankProfile.Default, 3);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => walk.Continue(_story.Views, most: 2)));

        Assert.Equal(["s90", "s70", "s50"], Names(walk.End(_story.Views)));
        Assert.Equal(Names(PoolRanking.Of(RankProfile.Default, _story.Views, 3)), Names(walk.End(_story.Views)));
        Assert.Equal((Named.Tx("s30"), 6L), (walk.End(_story.Views).Next!.Row.Hash, walk.End(_story.Views).Scores));
    }

    [Fact]
    public void What_leaves_during_the_walk_has_no_place_and_what_comes_is_visited()
    {
        Swaps(10, 70, 30, 90);
        var walk = new RankingWalk(RankProfile.Default, 2);
        Assert.True(walk.Continue(_story.Views, most: 3));

        _story.Story.Block("b1", "s70");
        Swaps(80);

        Assert.False(walk.Continue(_story.Views, most: 3));
        var ended = walk.End(_story.Views);
        Assert.Equal(["s90", "s80"], Names(ended));
        Assert.Equal(Named.Tx("s30"), ended.Next!.Row.Hash);
    }

    [Fact]
    public void The_places_are_scored_at_the_end()
    {
        Swaps(10, 70);
        var walk = new RankingWalk(RankProfile.Default, 2);
        Assert.False(walk.Continue(_story.Views));

        Swaps(60); // a rival for the same tokens makes all of them more urgent and more risky

        var ended = walk.End(_story.Views);
        Assert.Equal(PoolRanking.Best(RankProfile.Default, _story.Views, Named.Tx("s70"))!.Row, ended.Rows[0].Row);
    }

    [Fact]
    public void A_transaction_with_several_labels_has_them_once()
    {
        _story.Calls("swap", PoolStory.Router, PoolStory.SwapCall(1, 1), static tx => tx with { Tip = 90_000_000_000, Fee = 200_000_000_000 });
        var walk = new RankingWalk(RankProfile.Parity, 5);
        walk.Continue(_story.Views);

        Assert.Equal([RankLabel.Sandwich, RankLabel.Backrun, RankLabel.Arbitrage], walk.End(_story.Views).Rows.Select(static row => row.Row.Label));
    }

    /// <summary>Swaps of so many ether.</summary>
    private void Swaps(params ulong[] ether)
    {
        foreach (ulong amount in ether)
        {
            _story.Swaps($"s{amount}", (Primitives.UInt256)1_000_000_000_000_000_000 * amount, 1);
        }
    }

    private static IEnumerable<string> Names(PoolRanking ranking) =>
        ranking.Rows.Select(static row => s_amounts.Select(static amount => $"s{amount}").Single(name => Named.Tx(name) == row.Row.Hash));
}
