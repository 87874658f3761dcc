using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>Features and rankings at their edges: the earlier of two ends, what is barely below, and a ranking that is exactly full.</summary>
public sealed class FeatureEdgeTests
{
    private const ulong Expiry = 1_000;

    private readonly PoolStory _story = new(parameters: new FoldParameters { ExpirySeconds = Expiry });

    [Fact]
    public void The_seconds_left_end_with_the_deadline_or_the_expiry_whichever_comes_first()
    {
        _story.Story.Block("b0");
        ulong now = _story.Story.Engine.Pool.Head!.Value.TimestampSeconds;
        _story.Swaps("soon", 1, 1, deadline: now + 30).Swaps("late", 1, 1, deadline: now + (2 * Expiry)).Swaps("none", 1, 1).Swaps("past", 1, 1, deadline: now - 5);

        long? LeftOf(string name) => _story.FeaturesOf(name).SecondsLeft;

        Assert.Equal((30L, (long)Expiry, (long)Expiry, -5L), (LeftOf("soon"), LeftOf("late"), LeftOf("none"), LeftOf("past")));
    }

    [Fact]
    public void A_swap_gains_at_most_the_ether_it_trades_and_several_have_no_such_bound()
    {
        _story.Swaps("one", 77, 1).Swaps("sale", 77, 5, isSale: true);
        Assert.Equal(((UInt256)77, null), (_story.FeaturesOf("one").ValueWei!.Value, _story.FeaturesOf("sale").ValueWei));

        var several = new MempoolExtractor().Extract(_story.TraitsOf("one") with { TradeCount = 2 }, _story.Views);

        Assert.Null(several.ValueWei);
    }

    [Fact]
    public void A_fee_barely_below_the_next_one_has_less_than_no_headroom()
    {
        _story.Swaps("t", 1, 1);
        _story.Story.Fact(FeeBlock.Of("b1", 100, default, baseFee: 100_000_000));
        var fees = _story.Views.Traits.Fees!.Value;

        long? HeadroomAt(UInt256 fee) => new MempoolExtractor().Extract(_story.TraitsOf("t") with { MaxFeePerGas = new Wei(fee) }, _story.Views).HeadroomBasisPoints;

        Assert.Equal((0L, 0L, -1L), (HeadroomAt(fees.NextBaseFee.Value), HeadroomAt(fees.NextBaseFee.Value + UInt256.One), HeadroomAt(fees.NextBaseFee.Value - UInt256.One)));
    }

    [Theory]
    [InlineData(4, 3, false)]
    [InlineData(3, 3, false)]
    [InlineData(2, 2, true)]
    [InlineData(1, 1, true)]
    public void A_ranking_names_the_one_below_its_last_place_if_there_is_one(int limit, int rows, bool hasNext)
    {
        _story.Story.Block("b0");
        _story.Swaps("a", 3_000_000_000, 1).Swaps("b", 2_000_000_000, 1).Swaps("c", 1_000_000_000, 1);
        var all = PoolRanking.Of(RankProfile.Default, _story.Views, 10).Rows;

        var ranking = PoolRanking.Of(RankProfile.Default, _story.Views, limit);

        Assert.Equal((rows, 3L, hasNext ? all[limit].Row.Hash : (Hash256?)null), (ranking.Rows.Count, ranking.Scores, ranking.Next?.Row.Hash));
        Assert.Equal(all.Take(rows).Select(static row => row.Row), ranking.Rows.Select(static row => row.Row));
    }

    [Fact]
    public void A_comparison_names_the_urgency_that_decides_and_no_reason_that_both_have()
    {
        var scorer = new ExpectedValueScorer();
        var (one, other) = (new TxFeatures { Rivals = 2, SecondsLeft = 10 }, new TxFeatures { Rivals = 2, SecondsLeft = 25 });
        var above = new ScoredTx(new RankedTx(Named.Tx("a"), RankLabel.None, scorer.Score(default, one)), scorer.Explain(default, one));
        var below = new ScoredTx(new RankedTx(Named.Tx("b"), RankLabel.None, scorer.Score(default, other)), scorer.Explain(default, other));
        Assert.True(above.Row.Parts.Total == below.Row.Parts.Total && above.Row.Parts.Urgency > below.Row.Parts.Urgency);

        var lines = RankComparison.Explain(above, below);

        Assert.Equal($"Both scores are {above.Row.Parts.Total}; its urgency of {above.Row.Parts.Urgency} is above {below.Row.Parts.Urgency}.", lines[0]);
        Assert.Contains("it fails or expires in 10 s", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("others wait", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Count);
    }
}
