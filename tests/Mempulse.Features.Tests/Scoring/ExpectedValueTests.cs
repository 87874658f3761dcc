using CsCheck;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>The score is value * (1 - risk) * (1 + urgency), with integers only, and its reasons add up to its parts.</summary>
public sealed class ExpectedValueTests
{
    private static readonly ExpectedValueScorer s_scorer = new();
    private static readonly UInt256 s_ether = 1_000_000_000_000_000_000;

    private static readonly Gen<TxFeatures> s_features =
        from urgency in Gen.Select(Gen.Long[-10, 400], Gen.Long[-20_000, 20_000], Gen.Long[-10_000, 10_000], Gen.Long[0, 1_000], Gen.Long[0, 20], Gen.Long[0, 40])
        from risk in Gen.Select(Gen.Long[0, 10_000], Gen.Long[0, 10_000], Gen.Bool, Gen.Long[0, 3], Gen.Bool)
        from value in Gen.ULong
        from known in Gen.Int[0, 31]
        select new TxFeatures
        {
            SecondsLeft = (known & 1) == 0 ? null : urgency.Item1,
            HeadroomBasisPoints = (known & 2) == 0 ? null : urgency.Item2,
            BaseFeeTrendBasisPoints = (known & 4) == 0 ? null : urgency.Item3,
            Sightings = urgency.Item4,
            Rivals = urgency.Item5,
            BlocksUndone = urgency.Item6,
            ValueWei = (known & 8) == 0 ? null : value,
            SenderFailuresBasisPoints = (known & 16) == 0 ? null : risk.Item1,
            TargetFailuresBasisPoints = risk.Item2,
            IsFiltered = risk.Item3,
            MissingNonces = risk.Item4,
            IsStateSensitive = risk.Item5,
        };

    [Fact]
    public void Without_risk_and_urgency_the_score_is_the_value_in_gwei() =>
        Assert.Equal(new ScoreParts(0, 1_000_000_000, 0, 1_000_000_000), Score(new TxFeatures { ValueWei = s_ether }));

    [Fact]
    public void Half_a_minute_left_adds_27_percent_and_a_sender_that_fails_half_the_time_takes_half() =>
        Assert.Equal(new ScoreParts(2_700, 1_000_000_000, 5_000, 635_000_000), Score(new TxFeatures { ValueWei = s_ether, SecondsLeft = 30, SenderFailuresBasisPoints = 5_000 }));

    [Fact]
    public void Each_feature_has_its_weight()
    {
        Assert.Equal(3_000, Score(new TxFeatures { SecondsLeft = -5 }).Urgency);
        Assert.Equal(0, Score(new TxFeatures { SecondsLeft = 300 }).Urgency);
        Assert.Equal(1_250, Score(new TxFeatures { HeadroomBasisPoints = 5_000 }).Urgency);
        Assert.Equal(200, Score(new TxFeatures { BaseFeeTrendBasisPoints = 1_000 }).Urgency);
        Assert.Equal(750, Score(new TxFeatures { Sightings = 5 }).Urgency);
        Assert.Equal(300, Score(new TxFeatures { Rivals = 2 }).Urgency);
        Assert.Equal(500, Score(new TxFeatures { SecondsLeft = 200, BlocksUndone = 1 }).Urgency);
        Assert.Equal(4_000, Score(new TxFeatures { TargetFailuresBasisPoints = 4_000 }).Risk);
        Assert.Equal(5_000, Score(new TxFeatures { IsFiltered = true }).Risk);
        Assert.Equal(9_000, Score(new TxFeatures { MissingNonces = 1 }).Risk);
        Assert.Equal(5_000, Score(new TxFeatures { HeadroomBasisPoints = -1 }).Risk);
        Assert.Equal(2_000, Score(new TxFeatures { IsStateSensitive = true, Rivals = 2 }).Risk);
        Assert.Equal(4_000, Score(new TxFeatures { IsStateSensitive = true, Rivals = 1_000_000 }).Risk);
    }

    [Fact]
    public void Risks_are_independent_chances_to_come_to_nothing() =>
        Assert.Equal(7_500, Score(new TxFeatures { SenderFailuresBasisPoints = 5_000, IsFiltered = true }).Risk);

    [Fact]
    public void A_value_that_does_not_fit_counts_as_the_largest() =>
        Assert.Equal(new ScoreParts(0, long.MaxValue, 0, long.MaxValue), Score(new TxFeatures { ValueWei = UInt256.MaxValue }));

    [Fact]
    public void Parts_stay_in_their_range_and_what_is_lost_to_risk_is_not_won_back() =>
        s_features.Sample(features =>
        {
            var parts = Score(features);
            Assert.InRange(parts.Urgency, 0, 10_000);
            Assert.InRange(parts.Risk, 0, 10_000);
            Assert.InRange(parts.Total, 0, (long)Int128.Min((Int128)parts.Value * 2, long.MaxValue));
            Assert.True(Score(features with { IsFiltered = true }).Total <= parts.Total);
        });

    [Fact]
    public void The_reasons_of_urgency_and_value_add_up_to_their_parts() =>
        s_features.Sample(features =>
        {
            var parts = Score(features);
            var reasons = s_scorer.Explain(default, features);
            Assert.Equal(parts.Urgency, Math.Clamp(reasons.Where(static reason => reason.Part == ScorePart.Urgency).Sum(static reason => reason.Points), 0, 10_000));
            Assert.Equal(parts.Value, reasons.Single(static reason => reason.Part == ScorePart.Value).Points);
            long left = reasons.Where(static reason => reason.Part == ScorePart.Risk).Aggregate(10_000L, static (left, reason) => left * (10_000 - reason.Points) / 10_000);
            Assert.Equal(parts.Risk, 10_000 - left);
        });

    private static ScoreParts Score(in TxFeatures features) => s_scorer.Score(default, features);
}
