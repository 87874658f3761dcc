using CsCheck;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>Scores have one order, whatever the order in which they came, and a ranking keeps the highest of them.</summary>
public sealed class RankingTests
{
    private static readonly Gen<RankedTx> s_row =
        from total in Gen.Long[0, 3]
        from hash in Gen.Byte
        from label in Gen.Int[0, 1]
        select Row(total, hash % 4, hash, (RankLabel)label);

    [Fact]
    public void The_highest_score_comes_first_then_the_more_urgent_then_the_lower_hash() =>
        Assert.Equal([Row(9, 0, 9), Row(5, 7, 8), Row(5, 6, 1), Row(5, 6, 2), Row(0, 9, 0)], Sorted(Row(5, 6, 2), Row(0, 9, 0), Row(5, 7, 8), Row(9, 0, 9), Row(5, 6, 1)));

    [Fact]
    public void Scores_with_labels_are_ordered_by_label_and_not_by_urgency() =>
        Assert.Equal(
            [Row(5, 1, 9, RankLabel.Arbitrage), Row(5, 1, 2, RankLabel.Backrun), Row(5, 9, 3, RankLabel.Backrun), Row(5, 5, 1, RankLabel.Sandwich)],
            Sorted(Row(5, 5, 1, RankLabel.Sandwich), Row(5, 9, 3, RankLabel.Backrun), Row(5, 1, 9, RankLabel.Arbitrage), Row(5, 1, 2, RankLabel.Backrun)));

    [Fact]
    public void A_ranking_keeps_what_sorting_all_would_put_first() =>
        Gen.Select(s_row.Array[0, 40], Gen.Int[0, 10]).Sample((rows, limit) =>
        {
            var ranking = new Ranking(limit);
            foreach (var row in rows)
            {
                ranking.Add(row);
            }

            Assert.Equal(Sorted(rows).Take(limit), ranking.Rows.ToArray());
            Assert.Equal(rows.Length, ranking.Added);
        });

    [Fact]
    public void A_comparison_names_what_decides_and_the_reasons_that_differ()
    {
        var scorer = new ExpectedValueScorer();
        var (one, other) = (new TxFeatures { ValueWei = 2_000_000_000, Sightings = 1 }, new TxFeatures { ValueWei = 2_000_000_000, Sightings = 1, MissingNonces = 3 });
        var above = new ScoredTx(new RankedTx(Named.Tx("a"), RankLabel.None, scorer.Score(default, one)), scorer.Explain(default, one));
        var below = new ScoredTx(new RankedTx(Named.Tx("b"), RankLabel.None, scorer.Score(default, other)), scorer.Explain(default, other));

        Assert.Equal(
            ["Its score of 2 is above 0.", "risk 0 against 9000: nothing. Against: 3 nonces before it are missing (+9000)."],
            RankComparison.Explain(above, below));
        Assert.Equal("Both scores are 2 and both are equally urgent; its hash is the lower.", RankComparison.Explain(above, above)[0]);
    }

    [Fact]
    public void Profiles_are_found_by_their_names_and_state_their_versions()
    {
        Assert.Equal("mempool/1+expected-value/1", RankProfile.Find("expected-value")?.Version);
        Assert.Equal("traits/1+parity/1", RankProfile.Find("parity")?.Version);
        Assert.Null(RankProfile.Find("other"));
    }

    private static RankedTx[] Sorted(params RankedTx[] rows) => [.. rows.Order()];

    private static RankedTx Row(long total, long urgency, byte hash, RankLabel label = RankLabel.None) =>
        new(new Hash256([.. new byte[31], hash]), label, new ScoreParts(urgency, 0, 0, total));
}
