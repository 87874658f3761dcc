using Mempulse.Client.Status;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Status;

/// <summary>Converts the status of grains into parts of a response.</summary>
internal static class StatusText
{
    public static LogPart Of(LogStatus log) => new()
    {
        State = log.State.ToString(),
        Detail = log.Detail,
        Epoch = log.Epoch.Value,
        Watermark = log.Watermark.Value,
        AppendedEvents = log.Appended,
        DuplicateEvents = log.Duplicates,
        DurableBytes = log.DurableBytes,
        UnpublishedEvents = log.PublishDropped,
    };

    public static FoldPart Of(PoolStatus fold) => new()
    {
        Phase = fold.Phase.ToString(),
        AppliedSeq = fold.Applied.Value,
        LagEvents = fold.Lag,
        Digest = fold.Digest.ToString(),
        EventTime = fold.EventTime.ToRfc3339(),
        HeadNumber = fold.HeadNumber?.Value,
        HeadHash = fold.HeadHash?.ToString(),
        CheckpointSeq = fold.Checkpoint.Value,
        DerivedWaiting = fold.DerivedWaiting,
        Divergences = fold.Divergences,
        RegistryHash = fold.Registry?.ContentHash.ToString(),
        RegistryName = fold.Registry?.Name,
        RegistrySinceSeq = fold.Registry?.Since.Value,
        PoolsHeld = fold.Book.Held,
        PoolsWanted = fold.Book.Wanted,
        PoolsUnread = fold.Book.Unread,
        PoolReadingsNotTaken = fold.Book.NotTaken,
        PoolsEvicted = fold.Book.Evicted,
        PairsNotAsked = fold.Book.NotAsked,
        InexactTokens = fold.Book.InexactTokens,
        FirstInexactTokens = [.. fold.Book.FirstInexactTokens.Select(static token => token.ToString())],
        PoolsAtNumber = fold.Book.Number?.Value,
        MarketsHeld = fold.Markets.Held,
        MarketsWanted = fold.Markets.Wanted,
        BorrowersHeld = fold.Markets.AccountsHeld,
        BorrowersWanted = fold.Markets.AccountsWanted,
        BorrowersLeft = fold.Markets.AccountsLeft,
        MarketReadingsNotTaken = fold.Markets.NotTaken,
        MarketsAtNumber = fold.Markets.Number?.Value,
        Bundles = fold.Bundles.Standing,
        Detail = fold.Failure.Length > 0 ? fold.Failure : fold.FirstDivergence,
    };

    public static Dictionary<string, long> PoolOf(PoolStatus fold) => fold.TxsByState
        .Select((count, state) => (State: (TxState)state, Count: count))
        .Where(entry => entry.State != TxState.Unknown)
        .ToDictionary(entry => entry.State.ToString(), entry => entry.Count);

    public static FollowerPart Of(FollowerStatus follower) => new(
        follower.Events,
        follower.StreamedEvents,
        follower.Duplicates,
        follower.Holes,
        follower.Stalls,
        follower.Silences,
        follower.StaleEpochs,
        follower.Overflows);

    public static SourcePart Of(PoolSourceStatus source) => new(
        source.Id.ToString(), source.Name, source.IsConnected, source.IsSynthetic, source.Sightings, source.Firsts);

    public static LanePart Of(string host, LaneReport lane) => new()
    {
        Host = host,
        Name = lane.Name,
        Running = lane.IsRunning,
        Failure = lane.Failure,
        Synthetic = lane.IsSynthetic,
        LogAvailable = lane.IsLogAvailable,
        Accepted = lane.Accepted,
        Decoded = lane.Decoded,
        Appended = lane.Appended,
        QueueDepth = lane.QueueDepth,
        QueuePeak = lane.QueuePeak,
        QueueCapacity = lane.QueueCapacity,
        Drops = lane.Drops.ToDictionary(drop => drop.Reason.ToString(), drop => drop.Count),
        Sources = [.. lane.Sources.Select(Of)],
        Enode = lane.Peers is { Enode: { Length: > 0 } enode } ? enode : null,
    };

    private static LaneSourcePart Of(SourceReport source) => new(
        source.Name,
        source.Endpoint,
        source.IsConnected,
        source.Sightings,
        source.Losses,
        TimeOf(source.LastHeard),
        source.IsConnected ? string.Empty : source.LastLoss)
    {
        Reception = source.Reception,
        Problem = source.Problem,
        ProblemSince = TimeOf(source.ProblemSince),
        LastTry = TimeOf(source.LastTry),
    };

    private static string? TimeOf(UnixNanoseconds time) => time == default ? null : time.ToRfc3339();
}
