using Mempulse.Client.Observations;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Observations;

/// <summary>Turns the observations of grains into responses.</summary>
internal static class ObservationText
{
    private const long NanosecondsPerMicrosecond = 1_000;

    public static PropagationResponse Of(ChainId chain, bool isSynthetic, Propagation propagation) => new()
    {
        Chain = chain.ToString(),
        Synthetic = isSynthetic,
        AsOfSeq = propagation.AsOf.Value,
        From = propagation.From.ToRfc3339(),
        To = propagation.To.ToRfc3339(),
        Sightings = propagation.Sightings,
        NewTransactions = propagation.Shown,
        Included = propagation.Included,
        Unseen = propagation.Unseen,
        Evicted = propagation.LetGo,
        InclusionLatencyMicros = Of(propagation.InclusionLatency),
        Heat = Of(propagation.Heat),
        Sources = [.. propagation.Sources.Select(share => Of(share, propagation.Shown))],
        Lanes = [.. propagation.Lanes.Select(share => Of(share, propagation.Shown))],
    };

    public static GapPart Of(SeenGap gap) =>
        new(gap.Kind, gap.Name, gap.From.ToRfc3339(), Format(gap.To), gap.Count, gap.Reason);

    public static PeerPart Of(KnownObserver observer) => new()
    {
        Name = observer.Name,
        Peer = observer.Peer.ToString()!,
        Client = observer.Client,
        EthVersion = observer.EthVersion,
        Endpoint = observer.Endpoint,
        Inbound = observer.IsInbound,
        Connected = observer.IsConnected,
        ConnectedAt = Format(observer.ConnectedAt),
        LostAt = observer.IsConnected ? null : Format(observer.LostAt),
        LossReason = LossOf(observer),
        LastReportedAt = Format(observer.LastShownAt),
        Sightings = observer.Sightings,
    };

    public static SpreadPart Of(TxSpread spread) => new()
    {
        FirstAt = spread.FirstAt.ToRfc3339(),
        Sightings = spread.Sightings,
        Sources = spread.SourceCount,
        FirstSource = spread.FirstSource,
        LeadMicros = spread.LeadMicros,
        LanesAfterMicros = Enumerable.Range(0, spread.Lanes.Count).ToDictionary(i => spread.Lanes[i], i => spread.LaneDelaysMicros[i]),
        InclusionMicros = spread.IncludedAt is { } block && spread.Sightings > 0 ? (block.Value - spread.FirstAt.Value) / NanosecondsPerMicrosecond : null,
        Blind = spread.Gaps.IsBlind,
        Gaps = [.. spread.Gaps.Gaps.Select(Of)],
        GapsComplete = spread.Gaps.IsCompleteFrom(spread.FirstAt),
    };

    /// <summary>A connected peer has no loss; the current failure of a dial takes precedence over the loss before it.</summary>
    private static string? LossOf(KnownObserver observer) =>
        observer.IsConnected ? null
        : observer.DialFailure != DialFailureReason.Unknown ? observer.DialFailure.ToString()
        : observer.LossReason != SourceLossReason.Unknown ? observer.LossReason.ToString()
        : null;

    /// <summary>A time as RFC 3339; null for none.</summary>
    public static string? Format(UnixNanoseconds? time) => time is { } known ? known.ToRfc3339() : null;

    private static SharePart Of(ObserverShare share, ulong allShown) => new()
    {
        Name = share.Name.Length > 0 ? share.Name : share.Source.ToString(),
        Lane = share.Lane,
        Sightings = share.Sightings,
        Reported = share.Shown,
        Firsts = share.Firsts,
        FirstSharePercent = allShown == 0 ? 0 : decimal.Round(100m * share.Firsts / allShown, 2),
        Late = share.Late,
        Covered = share.Covered,
        Coverable = share.Coverable,
        LeadMicros = Of(share.Lead),
        DelayMicros = Of(share.Delay),
        AheadMicros = Of(share.Ahead),
    };

    private static DistributionPart Of(Distribution distribution) => new(
        distribution.Count,
        distribution.P50,
        distribution.P90,
        distribution.P99,
        [.. distribution.Bounds.Zip(distribution.Counts, static (below, count) => new BucketPart(below, count))]);
}
