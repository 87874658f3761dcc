using System.Numerics;
using Mempulse.Features.Traits;
using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>Scores by the value that is to be expected: value * (1 - risk) * (1 + urgency), in gwei, rounded down at each step.</summary>
/// <remarks>
/// Urgency is a sum, at most 10,000 basis points. Risks are independent chances to come to nothing, so what is left of one is multiplied with
/// what is left of the next. What is not known adds nothing; a value that is not known counts as zero.
/// </remarks>
public sealed class ExpectedValueScorer : IScorer
{
    private const long AllBasisPoints = 10_000;
    private const ulong WeiPerGwei = 1_000_000_000;

    private const long DeadlinePoints = 3_000;
    private const long DeadlineSeconds = 300;
    private const long HeadroomPoints = 2_500;
    private const long TrendPoints = 1_000;
    private const long TrendBasisPoints = 5_000;
    private const long HeatPoints = 2_000;
    private const long PointsPerDoubling = 250;
    private const long RivalPoints = 1_500;
    private const long PointsPerRival = 150;
    private const long ReorgPoints = 2_000;
    private const long PointsPerUndoneBlock = 500;

    private const long FilterRisk = 5_000;
    private const long NonceGapRisk = 9_000;
    private const long UnderpricedRisk = 5_000;
    private const long StateRisk = 1_000;
    private const long StateRiskPerRival = 500;
    private const long MaxStateRisk = 4_000;

    /// <inheritdoc/>
    public string Id => "expected-value";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public ScoreParts Score(in TxTraits tx, in TxFeatures features)
    {
        long urgency = Math.Clamp(
            Deadline(features) + Headroom(features) + Trend(features) + Heat(features) + Competition(features) - Reorgs(features), 0, AllBasisPoints);
        long value = Gwei(features.ValueWei);
        long left = AllBasisPoints;
        left = Less(left, features.SenderFailuresBasisPoints ?? 0);
        left = Less(left, features.TargetFailuresBasisPoints ?? 0);
        left = Less(left, Filter(features));
        left = Less(left, NonceGap(features));
        left = Less(left, Underpriced(features));
        left = Less(left, State(features));
        var total = (Int128)value * left / AllBasisPoints * (AllBasisPoints + urgency) / AllBasisPoints;
        return new ScoreParts(urgency, value, AllBasisPoints - left, (long)Int128.Min(total, long.MaxValue));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreReason> Explain(in TxTraits tx, in TxFeatures features)
    {
        var reasons = new List<ScoreReason>();
        Add(ScorePart.Value, Gwei(features.ValueWei), features.ValueWei is { } wei ? $"at most {wei} wei is to be gained" : "what is to be gained is not known and counts as nothing");
        Add(ScorePart.Urgency, Deadline(features), $"it fails or expires in {features.SecondsLeft} s");
        Add(ScorePart.Urgency, Headroom(features), $"it pays {Percent(features.HeadroomBasisPoints)} more than the next base fee");
        Add(ScorePart.Urgency, Trend(features), $"the base fee rises by {Percent(features.BaseFeeTrendBasisPoints)}");
        Add(ScorePart.Urgency, Heat(features), $"it was announced {features.Sightings} times");
        Add(ScorePart.Urgency, Competition(features), $"{features.Rivals} others wait for the same pool or contract");
        Add(ScorePart.Urgency, -Reorgs(features), $"reorgs undid {features.BlocksUndone} of the last blocks");
        Add(ScorePart.Risk, features.SenderFailuresBasisPoints ?? 0, "calls of its sender failed");
        Add(ScorePart.Risk, features.TargetFailuresBasisPoints ?? 0, "calls of its target failed");
        Add(ScorePart.Risk, Filter(features), "relays leave out its target");
        Add(ScorePart.Risk, NonceGap(features), $"{features.MissingNonces} nonces before it are missing");
        Add(ScorePart.Risk, Underpriced(features), "it does not pay the next base fee");
        Add(ScorePart.Risk, State(features), "others may change the state that it depends on first");
        return reasons;

        void Add(ScorePart part, long points, string text)
        {
            if (points != 0 || part == ScorePart.Value)
            {
                reasons.Add(new ScoreReason(part, points, text));
            }
        }
    }

    private static long Deadline(in TxFeatures features) =>
        features.SecondsLeft is { } left and < DeadlineSeconds ? DeadlinePoints * (DeadlineSeconds - Math.Max(left, 0)) / DeadlineSeconds : 0;

    private static long Headroom(in TxFeatures features) =>
        features.HeadroomBasisPoints is { } headroom ? HeadroomPoints * Math.Clamp(headroom, 0, AllBasisPoints) / AllBasisPoints : 0;

    private static long Trend(in TxFeatures features) =>
        features.BaseFeeTrendBasisPoints is { } trend ? TrendPoints * Math.Clamp(trend, 0, TrendBasisPoints) / TrendBasisPoints : 0;

    private static long Heat(in TxFeatures features) =>
        Math.Min(HeatPoints, PointsPerDoubling * (64 - BitOperations.LeadingZeroCount((ulong)Math.Max(features.Sightings, 0))));

    private static long Competition(in TxFeatures features) => Math.Min(RivalPoints, PointsPerRival * Math.Min(features.Rivals, RivalPoints));

    private static long Reorgs(in TxFeatures features) => Math.Min(ReorgPoints, PointsPerUndoneBlock * Math.Min(features.BlocksUndone, ReorgPoints));

    private static long Filter(in TxFeatures features) => features.IsFiltered ? FilterRisk : 0;

    private static long NonceGap(in TxFeatures features) => features.MissingNonces > 0 ? NonceGapRisk : 0;

    private static long Underpriced(in TxFeatures features) => features.HeadroomBasisPoints < 0 ? UnderpricedRisk : 0;

    private static long State(in TxFeatures features) =>
        features.IsStateSensitive ? Math.Min(MaxStateRisk, StateRisk + (StateRiskPerRival * Math.Min(features.Rivals, MaxStateRisk))) : 0;

    private static long Less(long left, long risk) => left * (AllBasisPoints - risk) / AllBasisPoints;

    private static long Gwei(in UInt256? wei)
    {
        if (wei is not { } value)
        {
            return 0;
        }

        UInt256.Divide(value, WeiPerGwei, out var gwei);
        return gwei.FitsUInt64 && gwei.LowUInt64 <= long.MaxValue ? (long)gwei.LowUInt64 : long.MaxValue;
    }

    private static string Percent(long? basisPoints) =>
        basisPoints is { } points ? $"{points / 100}.{Math.Abs(points % 100):00} %" : "an unknown share";
}
