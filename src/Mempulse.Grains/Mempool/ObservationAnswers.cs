using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers from the fold's observations.</summary>
internal static class ObservationAnswers
{
    public static Propagation Spreading(FoldLoop fold, int minutes)
    {
        var figures = fold.Engine.Observations.Propagation(minutes);
        return new Propagation
        {
            AsOf = fold.Engine.Applied,
            From = figures.From,
            To = figures.To,
            Sightings = figures.Sightings,
            Shown = figures.Shown,
            Included = figures.Included,
            Unseen = figures.Unseen,
            LetGo = figures.LetGo,
            InclusionLatency = Of(figures.InclusionLatency),
            Heat = Of(figures.Heat),
            Sources = [.. figures.Sources.Select(Of)],
            Lanes = [.. figures.Lanes.Select(Of)],
        };
    }

    public static IReadOnlyList<KnownObserver> Observers(FoldLoop fold) => [.. fold.Engine.Observations.Observers().Select(static observer => new KnownObserver
    {
        Source = observer.Source,
        Name = observer.Name,
        Lane = observer.Lane,
        Client = observer.Client,
        Endpoint = observer.Endpoint,
        Peer = observer.Peer,
        EthVersion = observer.EthVersion,
        IsInbound = observer.IsInbound,
        IsConnected = observer.IsConnected,
        ConnectedAt = observer.ConnectedAt,
        LostAt = observer.LostAt,
        LossReason = observer.LossReason,
        LastShownAt = observer.LastShownAt,
        Sightings = observer.Sightings,
        DialFailure = observer.DialFailure,
    })];

    public static GapAnswer Gaps(FoldLoop fold, UnixNanoseconds from, UnixNanoseconds to)
    {
        var report = fold.Engine.Observations.Gaps(from, to);
        return new GapAnswer(fold.Engine.Applied, report.CompleteSince, report.IsBlind, [.. report.Gaps.Select(Of)], report.IsCut);
    }

    public static TxSpread? Spread(FoldLoop fold, Hash256 hash) => fold.Engine.Observations.Find(hash) is { } tx
        ? new TxSpread
        {
            FirstAt = tx.FirstAt,
            Sightings = tx.Sightings,
            SourceCount = tx.SourceCount,
            FirstSource = tx.FirstSource,
            LeadMicros = tx.LeadMicros,
            IncludedAt = tx.IncludedAt,
            Lanes = [.. tx.Lanes.Select(static lane => lane.Lane)],
            LaneDelaysMicros = [.. tx.Lanes.Select(static lane => lane.AfterMicros)],
            Gaps = Gaps(fold, tx.FirstAt, tx.FirstAt),
        }
        : null;

    private static SeenGap Of(ObservationGap gap) => new(gap.Kind.ToString(), gap.Name, gap.From, gap.To, gap.Count, ReasonOf(gap));

    private static string ReasonOf(ObservationGap gap) =>
        gap.DialFailure != DialFailureReason.Unknown ? gap.DialFailure.ToString()
        : gap.Reason != SourceLossReason.Unknown ? gap.Reason.ToString()
        : string.Empty;

    private static ObserverShare Of(ObserverFigures figures) => new()
    {
        Source = figures.Source,
        Name = figures.Name,
        Lane = figures.Lane,
        Sightings = figures.Sightings,
        Shown = figures.Shown,
        Firsts = figures.Firsts,
        Late = figures.Late,
        Covered = figures.Covered,
        Coverable = figures.Coverable,
        Lead = Of(figures.Lead),
        Delay = Of(figures.Delay),
        Ahead = Of(figures.Ahead),
    };

    private static Distribution Of(DelayFigures figures) => new(
        figures.Count,
        figures.P50,
        figures.P90,
        figures.P99,
        [.. figures.Buckets.Select(static bucket => bucket.Below)],
        [.. figures.Buckets.Select(static bucket => bucket.Count)]);
}
