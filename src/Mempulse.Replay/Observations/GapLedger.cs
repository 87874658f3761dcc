using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>When each observer was disconnected, silent or throttled, and when none was connected.</summary>
/// <remarks>Holds closed gaps; the observers hold the open ones. Times are Unix nanoseconds.</remarks>
internal sealed class GapLedger(EntryLedger ledger, ObservationTotals totals)
{
    /// <summary>Maximum number of gaps kept; the oldest is evicted.</summary>
    public const int Limit = 8_192;

    /// <summary>
    /// A connected observer that announces nothing for longer than this is silent: mainnet has several new transactions a second. Measured by the time
    /// that other facts show to pass, so that a clock that is set makes nothing silent.
    /// </summary>
    public const long SilenceNanoseconds = 30_000_000_000;

    /// <summary>Drops within this time of the last one extend the same gap.</summary>
    private const long ThrottleJoinNanoseconds = 5_000_000_000;

    private readonly Queue<GapEntry> _gaps = new();
    private ulong _lastNumber;

    /// <summary>The closed gaps, in the order of their ends.</summary>
    public IEnumerable<GapEntry> Gaps => _gaps;

    /// <inheritdoc cref="ObservationTotals.CompleteSince"/>
    public long CompleteSince
    {
        get => totals.CompleteSince;
        set
        {
            ledger.Changing(totals);
            totals.CompleteSince = value;
        }
    }

    /// <inheritdoc cref="ObservationTotals.BlindSince"/>
    public long BlindSince
    {
        get => totals.BlindSince;
        set
        {
            ledger.Changing(totals);
            totals.BlindSince = value;
        }
    }

    /// <summary>Closes the time in which an observer was not connected, or a lane of peers had no peer.</summary>
    public void Close(Observer observer, long at)
    {
        if (observer.LostAt != 0 && at != observer.LostAt)
        {
            Add(observer, observer.Key.IsLane ? GapKind.Blind : GapKind.Disconnected, observer.LostAt, at, count: 0, observer.LossReason);
        }
    }

    /// <summary>An observer announced something, or was lost: its silence is over.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="at">Now.</param>
    /// <param name="allSightings">Sightings by all observers so far.</param>
    /// <param name="elapsed">The time that has passed.</param>
    public void Spoke(Observer observer, long at, ulong allSightings, long elapsed)
    {
        if (observer.IsConnected && elapsed - observer.ElapsedThen > SilenceNanoseconds)
        {
            Add(observer, GapKind.Silent, observer.QuietSince, at, allSightings - observer.AllSightingsThen, SourceLossReason.Unknown);
        }
    }

    /// <summary>Nothing of what an observer announced was recorded.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="from">The first of it.</param>
    /// <param name="to">The last of it, inclusive.</param>
    /// <param name="count">How much; 0 if it is not known.</param>
    public void Unrecorded(Observer observer, long from, long to, ulong count) =>
        Add(observer, GapKind.Unrecorded, from, to + 1, count, SourceLossReason.Unknown);

    /// <summary>Part of what an observer announced was dropped.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="at">The first of it.</param>
    /// <param name="to">The last of it, inclusive.</param>
    /// <param name="count">How much.</param>
    public void Throttled(Observer observer, long at, long to, ulong count)
    {
        ledger.Changing(observer);
        if (observer.ThrottledCount > 0
            && (at - observer.ThrottledTo > ThrottleJoinNanoseconds || observer.ThrottledFrom - at > ObservationState.ClockJumpNanoseconds))
        {
            Add(observer, GapKind.Throttled, observer.ThrottledFrom, observer.ThrottledTo + 1, observer.ThrottledCount, SourceLossReason.Unknown);
            observer.ThrottledCount = 0;
        }

        observer.ThrottledFrom = observer.ThrottledCount == 0 ? at : observer.ThrottledFrom;
        observer.ThrottledTo = observer.ThrottledCount == 0 ? to : Math.Max(observer.ThrottledTo, to);
        observer.ThrottledCount += count;
    }

    /// <summary>Notes whether any observer of the mempool is connected: without one, the ledger is blind.</summary>
    public void NoteCoverage(bool isAnyConnected, long at)
    {
        if (!isAnyConnected)
        {
            BlindSince = BlindSince == 0 ? at : BlindSince;
            return;
        }

        if (BlindSince != 0 && at != BlindSince)
        {
            Add(new GapEntry(++_lastNumber)
            {
                Kind = GapKind.Blind,
                Observer = default,
                Name = string.Empty,
                From = Math.Min(BlindSince, at),
                To = Math.Max(BlindSince, at),
                Count = 0,
                Reason = SourceLossReason.Unknown,
                DialFailure = DialFailureReason.Unknown,
            });
        }

        if (BlindSince != 0)
        {
            BlindSince = 0;
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_lastNumber);
        writer.SaveAll(_gaps);
    }

    public void Restore(ref EntryReader reader)
    {
        _lastNumber = reader.ReadUInt64();
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            Add(GapEntry.Decode(ref reader));
        }
    }

    /// <summary>Adds a gap. One whose end is earlier than its beginning, because the clock was set back, covers the time between them: it is on record all the same.</summary>
    private void Add(Observer observer, GapKind kind, long from, long to, ulong count, SourceLossReason reason) => Add(new GapEntry(++_lastNumber)
    {
        Kind = kind,
        Observer = observer.Key,
        Name = observer.Name,
        From = Math.Min(from, to),
        To = Math.Max(from, to),
        Count = count,
        Reason = reason,
        DialFailure = kind == GapKind.Disconnected ? observer.DialFailure : DialFailureReason.Unknown,
    });

    private void Add(GapEntry gap)
    {
        _gaps.Enqueue(gap);
        ledger.Added(gap);
        if (_gaps.Count > Limit)
        {
            var oldest = _gaps.Dequeue();
            CompleteSince = Math.Max(CompleteSince, oldest.To);
            ledger.Remove(oldest);
        }
    }
}
