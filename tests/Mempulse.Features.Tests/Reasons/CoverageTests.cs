using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>How strong "it was not seen" is after gaps.</summary>
public sealed class CoverageTests
{
    private static readonly TxStanding s_standing = TxStanding.Of(Asked.Story().Engine, Named.Tx("a"));

    [Fact]
    public void Blind_time_that_overlaps_counts_once_and_within_the_range_only()
    {
        var coverage = Of(Gap(GapKind.Blind, -5, 10), Gap(GapKind.Unrecorded, 5, 20), Gap(GapKind.Blind, 30, 40), Gap(GapKind.Unrecorded, 95, null));

        Assert.Equal((35_000_000ul, EvidenceStrength.Weak), (coverage.BlindMicros, coverage.OfAbsence));
    }

    [Fact]
    public void A_time_that_is_blind_from_end_to_end_says_nothing()
    {
        Assert.Equal(EvidenceStrength.NotDerivable, Of(Gap(GapKind.Blind, -5, 60), Gap(GapKind.Unrecorded, 60, null)).OfAbsence);
        Assert.Equal(EvidenceStrength.Weak, Of(Gap(GapKind.Blind, -5, 60), Gap(GapKind.Unrecorded, 61, null)).OfAbsence);
    }

    [Fact]
    public void A_lane_without_peers_is_a_gap_and_not_blindness()
    {
        var coverage = Of(Gap(GapKind.Blind, 0, 100, "p2p"));

        Assert.Equal((0ul, EvidenceStrength.Weak), (coverage.BlindMicros, coverage.OfAbsence));
        Assert.True(coverage.IsCompleteFor(SourceId.Of("alpha")));
    }

    [Fact]
    public void What_is_before_the_record_of_gaps_is_weak_and_what_ends_before_it_says_nothing()
    {
        Assert.Equal(EvidenceStrength.Strong, Of().OfAbsence);
        Assert.Equal(EvidenceStrength.Weak, Since(50).OfAbsence);
        Assert.Equal(EvidenceStrength.NotDerivable, Since(101).OfAbsence);
        Assert.Equal(EvidenceStrength.Weak, Coverage.Of(s_standing with { Gaps = new GapReport(At(0), false, [], IsCut: true) }, At(0), At(100)).OfAbsence);
    }

    private static Coverage Since(long second) => Coverage.Of(s_standing with { Gaps = new GapReport(At(second), false, [], IsCut: false) }, At(0), At(100));

    private static Coverage Of(params ObservationGap[] gaps) => Coverage.Of(s_standing with { Gaps = new GapReport(At(0), false, gaps, IsCut: false) }, At(0), At(100));

    private static ObservationGap Gap(GapKind kind, long from, long? to, string name = "") =>
        new(kind, default, name, At(from), to is { } end ? At(end) : null, 0, SourceLossReason.Unknown, DialFailureReason.Unknown);

    /// <summary>Seconds after both sources of the story were connected.</summary>
    private static UnixNanoseconds At(long second) => new((1_700_000_100 + second) * 1_000_000_000);
}
