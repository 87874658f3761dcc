using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Observations;

/// <summary>Answers queries from the state of observations.</summary>
internal sealed class ObservationView(ObservationState state, TxTable txs) : IObservationView
{
    /// <summary>Maximum number of gaps in one answer.</summary>
    private const int MaxGaps = 1_000;

    private const long NanosecondsPerMinute = 60_000_000_000;

    public UnixNanoseconds LastObservedAt => new(state.LastFactAt);

    public PropagationFigures Propagation(int minutes)
    {
        var window = state.Window.Minutes.ToList();
        long first = (window.Count > 0 ? window[^1].Minute : 0) - Math.Clamp(minutes, 1, TrafficWindow.Limit) + 1;
        return WindowSums.Of([.. window.Where(minute => minute.Minute >= first)], state) with { From = new UnixNanoseconds(first * NanosecondsPerMinute) };
    }

    public TxObservation? Find(in Hash256 hash)
    {
        if (!txs.TryFind(hash, out var tx))
        {
            return null;
        }

        ref var spread = ref tx.Spread;
        var lanes = new LaneArrival[spread.Lanes.Count];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new LaneArrival(NameOf(spread.Lanes[i].Observer), spread.Lanes[i].Micros);
        }

        return new TxObservation(
            tx.FirstAt,
            spread.Sightings,
            TimeOf(spread.IncludedAt),
            spread.Sources.Count > 0 ? NameOf(spread.Sources[0].Observer) : null,
            spread.Sources.Count > 1 ? spread.Sources[1].Micros : null,
            lanes,
            spread.Sources.Count);
    }

    public IReadOnlyList<SourceHoldings> Holdings(int limit)
    {
        var held = new SortedDictionary<SourceId, Queue<Hash256>>();
        foreach (var tx in txs.Sorted())
        {
            if (tx.State == TxState.Included)
            {
                Keep(held, tx, limit); // first: over the limit, a transaction in a block is the less likely one to leave a pool
            }
        }

        var waiting = txs.Waiting();
        while (waiting.MoveNext())
        {
            Keep(held, waiting.Current, limit);
        }

        return [.. held.Select(static source => new SourceHoldings(source.Key, [.. source.Value]))];
    }

    public IReadOnlyList<SourceSummary> Sources() =>
    [
        .. state.Observers.Sorted()
            .Where(static observer => !observer.Key.IsLane && (observer.IsAwaited || !observer.IsUnknown))
            .GroupBy(static observer => observer.Key.Source)
            .Select(static lanes => new SourceSummary(
                lanes.Key,
                lanes.Select(static observer => observer.Name).Max(StringComparer.Ordinal)!,
                lanes.Any(static observer => observer.IsConnected),
                lanes.Any(static observer => observer.IsSynthetic),
                Sum(lanes, static observer => observer.Sightings),
                Sum(lanes, static observer => observer.Firsts)))
            .OrderBy(static source => source.Id),
    ];

    public IReadOnlyList<ObserverStatus> Observers() =>
        [.. state.Observers.Sorted().Where(static observer => !observer.Key.IsLane && (observer.IsAwaited || !observer.IsUnknown)).Select(Of)];

    public GapReport Gaps(UnixNanoseconds first, UnixNanoseconds last)
    {
        var overlapping = Over().Concat(Open()).Where(gap => gap.From <= last && (gap.To is not { } end || end > first)).ToList();
        overlapping.Sort(static (a, b) =>
            a.From != b.From ? a.From.CompareTo(b.From)
            : a.Name != b.Name ? string.CompareOrdinal(a.Name, b.Name)
            : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind)
            : a.Source.CompareTo(b.Source));
        bool isBlind = overlapping.Exists(static gap => gap.Kind == GapKind.Unrecorded || (gap.Kind == GapKind.Blind && gap.Name.Length == 0));
        bool isCut = overlapping.Count > MaxGaps;
        return new GapReport(
            new UnixNanoseconds(state.Gaps.CompleteSince), isBlind, isCut ? overlapping.GetRange(overlapping.Count - MaxGaps, MaxGaps) : overlapping, isCut);
    }

    private IEnumerable<ObservationGap> Over() => state.Gaps.Gaps.Select(static gap => new ObservationGap(
        gap.Kind, gap.Observer.Source, gap.Name, new UnixNanoseconds(gap.From), new UnixNanoseconds(gap.To), gap.Count, gap.Reason, gap.DialFailure));

    private IEnumerable<ObservationGap> Open()
    {
        if (state.Gaps.BlindSince != 0)
        {
            yield return new ObservationGap(
                GapKind.Blind, default, string.Empty, new UnixNanoseconds(state.Gaps.BlindSince), To: null, Count: 0, SourceLossReason.Unknown, DialFailureReason.Unknown);
        }

        foreach (var observer in state.Observers.Sorted())
        {
            if (observer is { IsConnected: false, IsAwaited: true } && observer.LostAt != 0)
            {
                yield return GapOf(observer, observer.Key.IsLane ? GapKind.Blind : GapKind.Disconnected, observer.LostAt, to: 0, count: 0, observer.LossReason);
            }

            if (observer.IsConnected && state.ReportsMempool(observer) && state.Elapsed - observer.ElapsedThen > GapLedger.SilenceNanoseconds)
            {
                yield return GapOf(observer, GapKind.Silent, observer.QuietSince, to: 0, state.AllSightings - observer.AllSightingsThen, SourceLossReason.Unknown);
            }

            if (observer.ThrottledCount > 0)
            {
                yield return GapOf(observer, GapKind.Throttled, observer.ThrottledFrom, observer.ThrottledTo + 1, observer.ThrottledCount, SourceLossReason.Unknown);
            }
        }
    }

    private static ObservationGap GapOf(Observer observer, GapKind kind, long from, long to, ulong count, SourceLossReason reason) =>
        new(
            kind,
            observer.Key.Source,
            observer.Name,
            new UnixNanoseconds(from),
            TimeOf(to),
            count,
            reason,
            kind == GapKind.Disconnected ? observer.DialFailure : DialFailureReason.Unknown);

    private string NameOf(uint ordinal) => state.Observers.TryGet(ordinal, out var observer) ? observer.Name : string.Empty;

    private static ulong Sum(IEnumerable<Observer> observers, Func<Observer, ulong> count)
    {
        ulong sum = 0;
        foreach (var observer in observers)
        {
            sum += count(observer);
        }

        return sum;
    }

    private static UnixNanoseconds? TimeOf(long nanoseconds) => nanoseconds == 0 ? null : new UnixNanoseconds(nanoseconds);

    private static ObserverStatus Of(Observer observer) => new()
    {
        Ordinal = observer.Ordinal,
        Source = observer.Key.Source,
        Name = observer.Name,
        Lane = observer.LaneName,
        Client = observer.Client,
        Endpoint = observer.Endpoint,
        Peer = observer.Peer.IsZero ? null : observer.Peer,
        EthVersion = observer.EthVersion,
        IsInbound = observer.IsInbound,
        IsSynthetic = observer.IsSynthetic,
        IsConnected = observer.IsConnected,
        FirstConnectedAt = TimeOf(observer.FirstConnectedAt),
        ConnectedAt = TimeOf(observer.ConnectedAt),
        LostAt = TimeOf(observer.LostAt),
        LossReason = observer.LossReason,
        DialFailure = observer.DialFailure,
        LastShownAt = TimeOf(observer.LastShownAt),
        Sightings = observer.Sightings,
    };

    private void Keep(SortedDictionary<SourceId, Queue<Hash256>> held, TxEntry tx, int limit)
    {
        ref var sources = ref tx.Spread.Sources;
        for (int i = 0; i < sources.Count; i++)
        {
            if (!state.Observers.TryGet(sources[i].Observer, out var observer)
                || !observer.CanLetGo
                || tx.Leavings?.Contains(observer.Key.Source) == true)
            {
                continue;
            }

            if (!held.TryGetValue(observer.Key.Source, out var hashes))
            {
                held.Add(observer.Key.Source, hashes = new Queue<Hash256>());
            }

            if (hashes.Count == limit)
            {
                hashes.Dequeue();
            }

            hashes.Enqueue(tx.Hash);
        }
    }
}
