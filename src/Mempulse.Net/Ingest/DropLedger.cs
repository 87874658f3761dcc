using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>Counts drops until they are on record. Drops of one kind within a window share one event, and no count is lost.</summary>
/// <remarks>Safe for any thread. Bounded: beyond <see cref="MaxKinds"/> kinds in a window, all sources share one entry per reason.</remarks>
internal sealed class DropLedger(PipelineContext context)
{
    /// <summary>Maximum number of kinds (source, queue, reason) counted separately in a window.</summary>
    internal const int MaxKinds = 1024;

    private static readonly List<KeyValuePair<Kind, Entry>> s_none = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<Kind, Entry> _open = [];
    private readonly SortedDictionary<DropReason, long> _totals = [];

    /// <summary>True while some drops are not on record.</summary>
    public bool HasOpen
    {
        get
        {
            lock (_gate)
            {
                return _open.Count > 0;
            }
        }
    }

    /// <summary>Adds one dropped transaction.</summary>
    public void Add(DropReason reason, string queue, SourceId source, Hash256 hash, int depthNow, int depthPeak, string detail) =>
        Add(reason, queue, source, hash, count: 1, depthNow, depthPeak, detail);

    /// <summary>Adds several dropped transactions, one of which is known by hash.</summary>
    public void Add(DropReason reason, string queue, SourceId source, Hash256 hash, int count, int depthNow, int depthPeak, string detail) =>
        Add(reason, queue, source, hash, count, depthNow, depthPeak, detail, DropTimes.At(ObservationClock.Now(context.Time)));

    /// <summary>Adds dropped transactions with the times of the first and the last one.</summary>
    public void Add(DropReason reason, string queue, SourceId source, Hash256 hash, int count, int depthNow, int depthPeak, string detail, DropTimes times)
    {
        lock (_gate)
        {
            AddWithLock(new Kind(source, queue, reason), hash, hash, (ulong)count, (ulong)depthNow, (ulong)depthPeak, detail, times);
            CountWithLock(reason, count);
        }
    }

    /// <summary>Restores the count and the times of an event that could not be recorded.</summary>
    public void Restore(LogEvent.TxIngestDropped drop, SourceId source, UnixNanoseconds timestamp)
    {
        lock (_gate)
        {
            AddWithLock(new Kind(source, drop.Queue, drop.Reason), drop.First, drop.Last, drop.Count, drop.DepthNow, drop.DepthPeak, drop.Detail, DropTimes.Of(drop, timestamp));
        }
    }

    /// <summary>Counts a drop that has its own event.</summary>
    public void CountRecorded(DropReason reason)
    {
        lock (_gate)
        {
            CountWithLock(reason, 1);
        }
    }

    /// <summary>Records every entry whose window has ended (all entries if <paramref name="isAll"/>). Entries that <paramref name="record"/> rejects are kept.</summary>
    /// <remarks>Does not hold its lock during the calls, because the recorder counts drops under its own lock.</remarks>
    public void Drain(bool isAll, Func<LogEvent.TxIngestDropped, SourceId, UnixNanoseconds, bool> record)
    {
        foreach (var (kind, entry) in TakeDue(isAll))
        {
            var drop = EventOf(kind, entry);
            if (!record(drop, kind.Source, entry.Times.First))
            {
                Restore(drop, kind.Source, entry.Times.First);
            }
        }
    }

    /// <summary>Returns the drops since the start, by reason.</summary>
    public IReadOnlyList<DropCount> ReadTotals()
    {
        lock (_gate)
        {
            return [.. _totals.Select(total => new DropCount(total.Key, total.Value))];
        }
    }

    private List<KeyValuePair<Kind, Entry>> TakeDue(bool isAll)
    {
        lock (_gate)
        {
            if (_open.Count == 0)
            {
                return s_none;
            }

            long now = context.Time.GetTimestamp();
            var due = _open.Where(open => isAll || context.Time.GetElapsedTime(open.Value.Since, now) >= context.Options.DropWindow)
                .OrderBy(open => open.Value.Since).ThenBy(open => open.Key.Source).ThenBy(open => open.Key.Reason)
                .ToList();
            due.ForEach(taken => _open.Remove(taken.Key));
            return due;
        }
    }

    private void AddWithLock(Kind kind, Hash256 first, Hash256 last, ulong count, ulong depthNow, ulong depthPeak, string detail, DropTimes times)
    {
        if (!_open.TryGetValue(kind, out var entry))
        {
            kind = _open.Count < MaxKinds ? kind : kind with { Source = default };
            entry = _open.GetValueOrDefault(kind) ?? new Entry(first, times, context.Time.GetTimestamp());
            _open[kind] = entry;
        }

        entry.Last = last;
        entry.Count += count;
        entry.DepthNow = depthNow;
        entry.DepthPeak = Math.Max(entry.DepthPeak, depthPeak);
        entry.Detail = detail;
        entry.Times = entry.Times.With(times);
    }

    private void CountWithLock(DropReason reason, long count)
    {
        _totals[reason] = _totals.GetValueOrDefault(reason) + count;
        context.Metrics.Dropped(reason, count);
    }

    private LogEvent.TxIngestDropped EventOf(Kind kind, Entry entry) =>
        new(entry.First, kind.Reason, context.LaneName, kind.Queue, entry.DepthNow, entry.DepthPeak, entry.Count, entry.Last, entry.Detail, default)
        {
            SpanNanoseconds = entry.Times.SpanNanoseconds,
        };

    private readonly record struct Kind(SourceId Source, string Queue, DropReason Reason);

    private sealed class Entry(Hash256 first, DropTimes times, long since)
    {
        public Hash256 First { get; } = first;

        public DropTimes Times { get; set; } = times;

        public long Since { get; } = since;

        public Hash256 Last { get; set; }

        public ulong Count { get; set; }

        public ulong DepthNow { get; set; }

        public ulong DepthPeak { get; set; }

        public string Detail { get; set; } = string.Empty;
    }
}
