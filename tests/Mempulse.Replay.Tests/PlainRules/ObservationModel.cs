using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>
/// Who announced what and when, as the documents state it (decisions 0027, 0033, 0106): every figure is a list of the values that it is made of.
/// Written without any of the fold's code. Slow; for tests. Times are Unix nanoseconds and never fall.
/// </summary>
internal sealed class ObservationModel
{
    private const long Second = 1_000_000_000;
    private const long Minute = 60 * Second;

    private readonly SortedDictionary<long, ModelMinute> _minutes = [];
    private readonly HashSet<string> _blockLanes = [];
    private readonly HashSet<string> _announcingLanes = [];
    private long _elapsed;
    private long? _blindSince;

    public Dictionary<Hash256, ModelSpread> Txs { get; } = [];

    public Dictionary<(string Source, string Lane), ModelObserver> Observers { get; } = [];

    /// <summary>The gaps that are over.</summary>
    public List<ModelGap> Closed { get; } = [];

    public long LastAt { get; private set; }

    public long? CompleteSince { get; private set; }

    public long AllSightings { get; private set; }

    public void Apply(LogEvent fact, string source, string lane, long at)
    {
        CompleteSince ??= at;
        if (fact is LogEvent.EpochStarted)
        {
            _blindSince = at;
            return;
        }

        long step = LastAt == 0 ? 0 : at - LastAt;
        _elapsed += step <= 600 * Second ? Math.Min(step, 15 * Second) : 0; // a longer step is a clock that was set
        LastAt = at;
        switch (fact)
        {
            case LogEvent.TxSeen seen:
                Seen(seen.Hash, source, lane, at);
                break;
            case LogEvent.BlockObserved block:
                Block(block, lane, at);
                break;
            case LogEvent.SourceConnected connected:
                Connect(connected.Name, connected.Lane, isPeer: false, at);
                break;
            case LogEvent.PeerConnected connected:
                Connect(connected.Name, connected.Lane, isPeer: true, at);
                break;
            case LogEvent.SourceLost lost:
                Lose(lost.Name, lane, lost.Reason, isAwaited: lost.Reason is not (SourceLossReason.Shutdown or SourceLossReason.Completed), at);
                break;
            case LogEvent.PeerLost lost when Of(lost.Name, lane).IsConnected:
                Lose(lost.Name, lane, lost.Reason, isAwaited: false, at);
                break;
            case LogEvent.TxIngestDropped dropped:
                Dropped(dropped, Of(source, lane), at);
                break;
            default:
                break;
        }

        NoteBlindness(at);
    }

    /// <summary>The minutes of a window that ends with the newest one that has figures.</summary>
    public IEnumerable<ModelMinute> Window(int minutes)
    {
        long newest = _minutes.Count == 0 ? 0 : _minutes.Keys.Max();
        return _minutes.Where(entry => entry.Key > newest - Math.Clamp(minutes, 1, 60)).Select(static entry => entry.Value);
    }

    /// <summary>The gaps that share a moment with a range of which both ends belong to it.</summary>
    public List<ModelGap> Gaps(long first, long last) =>
        [.. Closed.Concat(Open()).Where(gap => gap.From <= last && (gap.To is not { } end || end > first))];

    private IEnumerable<ModelGap> Open()
    {
        if (_blindSince is { } since)
        {
            yield return new ModelGap(GapKind.Blind, string.Empty, string.Empty, since, null, 0, SourceLossReason.Unknown);
        }

        foreach (var observer in Observers.Values)
        {
            if (!observer.IsConnected && observer.IsAwaited)
            {
                yield return observer.Gap(GapKind.Disconnected, observer.LostAt!.Value, null, 0, observer.LossReason);
            }

            if (IsSilent(observer))
            {
                yield return observer.Gap(GapKind.Silent, observer.QuietSince, null, AllSightings - observer.AllThen);
            }

            if (observer.Dropped > 0)
            {
                yield return observer.Gap(GapKind.Throttled, observer.DroppedFrom, observer.DroppedTo + 1, observer.Dropped);
            }
        }
    }

    private ModelObserver Of(string source, string lane)
    {
        if (!Observers.TryGetValue((source, lane), out var observer))
        {
            Observers[(source, lane)] = observer = new ModelObserver(source, lane);
        }

        return observer;
    }

    private ModelMinute MinuteOf(long at)
    {
        if (!_minutes.TryGetValue(at / Minute, out var minute))
        {
            _minutes[at / Minute] = minute = new ModelMinute();
        }

        return minute;
    }

    private bool Reports(ModelObserver observer) => !_blockLanes.Contains(observer.Lane) || _announcingLanes.Contains(observer.Lane);

    private bool IsSilent(ModelObserver observer) => observer.IsConnected && Reports(observer) && _elapsed - observer.ElapsedThen > 30 * Second;

    private void Seen(in Hash256 hash, string source, string lane, long at)
    {
        var minute = MinuteOf(at);
        if (!Txs.TryGetValue(hash, out var tx))
        {
            Txs[hash] = tx = new ModelSpread(at);
        }

        var observer = Of(source, lane);
        if (IsSilent(observer))
        {
            Closed.Add(observer.Gap(GapKind.Silent, observer.QuietSince, at, AllSightings - observer.AllThen));
        }

        AllSightings++;
        _announcingLanes.Add(lane);
        observer.Speaks(at, AllSightings, _elapsed);
        bool isLate = tx.IncludedAt is not null;
        minute.Sightings++;
        minute.Shown += tx.Sightings == 0 && !isLate ? 1 : 0;
        tx.Sightings += isLate ? 0 : 1;
        observer.Sightings++;
        Rank(minute, tx, tx.Sources, source, ModelMinute.OfSource(source, lane), isLate, at);
        observer.Firsts += !isLate && tx.Sources[0] == (source, at) && tx.Sources.Count == 1 && tx.TakeFirst() ? 1 : 0;
        Rank(minute, tx, tx.Lanes, lane, ModelMinute.OfLane(lane), isLate, at);
    }

    /// <summary>Ranks the first announcement by one of a kind among those of its kind.</summary>
    private static void Rank(ModelMinute minute, ModelSpread tx, List<(string Who, long At)> arrivals, string who, string share, bool isLate, long at)
    {
        var figures = minute.Of(share);
        figures.Sightings++;
        figures.Late += isLate ? 1 : 0;
        if (isLate || arrivals.Exists(arrival => arrival.Who == who))
        {
            return;
        }

        figures.Shown++;
        arrivals.Add((who, at));
        if (arrivals.Count == 1)
        {
            figures.Firsts++;
            tx.FirstShares[arrivals] = share;
            return;
        }

        ulong behind = tx.After(at) - tx.After(arrivals[0].At);
        figures.Delay.Add(behind);
        if (arrivals.Count == 2)
        {
            minute.Of(tx.FirstShares[arrivals]).Lead.Add(behind);
        }
    }

    private void Block(LogEvent.BlockObserved block, string lane, long at)
    {
        _blockLanes.Add(lane);
        var minute = MinuteOf(at);
        int included = 0;
        foreach (var hash in block.Transactions.Select(static tx => tx.Hash))
        {
            if (!Txs.TryGetValue(hash, out var tx))
            {
                Txs[hash] = tx = new ModelSpread(at);
            }

            if (tx.IncludedAt is null)
            {
                tx.IncludedAt = at;
                included++;
                Cover(minute, tx, at);
            }
        }

        minute.Included += included;
        foreach (var observer in Observers.Values.Where(static observer => observer.IsConnected))
        {
            minute.Of(ModelMinute.OfSource(observer.Source, observer.Lane)).Coverable += included;
        }

        foreach (string observed in Observers.Values.Where(static observer => observer.IsConnected).Select(static observer => observer.Lane).Distinct())
        {
            minute.Of(ModelMinute.OfLane(observed)).Coverable += included;
        }
    }

    private static void Cover(ModelMinute minute, ModelSpread tx, long at)
    {
        if (tx.Sightings == 0)
        {
            minute.Unseen++;
            return;
        }

        minute.Latency.Add(tx.After(at));
        minute.Heat.Add((ulong)tx.Sightings);
        foreach (var (who, seenAt) in tx.Shares())
        {
            minute.Of(who).Covered++;
            minute.Of(who).Ahead.Add(tx.After(at) - tx.After(seenAt));
        }
    }

    private void Connect(string name, string lane, bool isPeer, long at)
    {
        var observer = Of(name, lane);
        observer.Name = name;
        observer.IsPeer = isPeer;
        if (observer.IsConnected)
        {
            return;
        }

        if (observer.LostAt is { } lostAt && lostAt != at)
        {
            Closed.Add(observer.Gap(GapKind.Disconnected, lostAt, at, 0, observer.LossReason));
        }

        observer.Connects(at, AllSightings, _elapsed);
    }

    private void Lose(string name, string lane, SourceLossReason reason, bool isAwaited, long at)
    {
        var observer = Of(name, lane);
        if (observer.IsConnected)
        {
            if (IsSilent(observer))
            {
                Closed.Add(observer.Gap(GapKind.Silent, observer.QuietSince, at, AllSightings - observer.AllThen));
            }

            (observer.IsConnected, observer.LostAt, observer.LossReason, observer.IsAwaited) = (false, at, reason, isAwaited);
        }
        else if (isAwaited)
        {
            observer.Name = name;
            (observer.LostAt, observer.LossReason, observer.IsAwaited) = (observer.LostAt ?? at, reason, true);
        }
    }

    private void Dropped(LogEvent.TxIngestDropped dropped, ModelObserver observer, long at)
    {
        long last = at + (long)dropped.SpanNanoseconds;
        if (dropped.Reason is DropReason.LogUnavailable or DropReason.ProcessPaused)
        {
            Closed.Add(observer.Gap(GapKind.Unrecorded, at, last + 1, (long)dropped.Count));
        }
        else if (dropped.Reason is DropReason.QueueFull or DropReason.PeerThrottled)
        {
            if (observer.Dropped > 0 && at - observer.DroppedTo > 5 * Second)
            {
                Closed.Add(observer.Gap(GapKind.Throttled, observer.DroppedFrom, observer.DroppedTo + 1, observer.Dropped));
                observer.Dropped = 0;
            }

            observer.DroppedFrom = observer.Dropped == 0 ? at : observer.DroppedFrom;
            observer.DroppedTo = observer.Dropped == 0 ? last : Math.Max(last, observer.DroppedTo);
            observer.Dropped += (long)dropped.Count;
        }
    }

    /// <summary>Without a connected source that announces transactions, the ledger is blind. A moment without length is no gap.</summary>
    private void NoteBlindness(long at)
    {
        bool isBlind = !Observers.Values.Any(observer => observer.IsConnected && Reports(observer));
        if (isBlind)
        {
            _blindSince ??= at;
            return;
        }

        if (_blindSince is { } since && since != at)
        {
            Closed.Add(new ModelGap(GapKind.Blind, string.Empty, string.Empty, since, at, 0, SourceLossReason.Unknown));
        }

        _blindSince = null;
    }
}
