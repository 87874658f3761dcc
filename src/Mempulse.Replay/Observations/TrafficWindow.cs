using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The figures of the last hour, minute by minute, in observed time. A past minute does not change any more.</summary>
internal sealed class TrafficWindow(EntryLedger ledger)
{
    /// <summary>Number of minutes kept.</summary>
    public const int Limit = 60;

    private const long NanosecondsPerMinute = 60_000_000_000;

    private readonly Queue<TrafficMinute> _minutes = new();

    /// <summary>The newest minute; null before the first fact.</summary>
    public TrafficMinute? Current { get; private set; }

    /// <summary>The kept minutes, oldest first.</summary>
    public IEnumerable<TrafficMinute> Minutes => _minutes;

    /// <summary>The minute in which an observation counts.</summary>
    /// <param name="nanoseconds">The time of the latest fact, which goes back only when the clock was set: the minutes that are yet to come are let go.</param>
    public TrafficMinute At(long nanoseconds)
    {
        long minute = Math.DivRem(nanoseconds, NanosecondsPerMinute).Quotient;
        if (Current is { } current)
        {
            if (current.Minute == minute)
            {
                return current;
            }

            if (current.Minute > minute)
            {
                LetGoFrom(minute);
            }
        }

        Current = new TrafficMinute(minute);
        _minutes.Enqueue(Current);
        ledger.Added(Current);
        while (_minutes.Peek().Minute <= minute - Limit)
        {
            LetGo(_minutes.Dequeue());
        }

        return Current;
    }

    /// <summary>An observer's share of a minute.</summary>
    public ObserverMinute SharedBy(TrafficMinute minute, Observer observer)
    {
        if (observer.Figures is { } figures && figures.Minute == minute.Minute && !figures.HasLeft)
        {
            return figures;
        }

        var added = new ObserverMinute(minute.Minute, observer.Ordinal);
        ledger.Added(added);
        minute.Observers.Add(added);
        observer.Figures = added;
        return added;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.WriteCount(_minutes.Count);
        foreach (var minute in _minutes)
        {
            writer.Save(minute);
            writer.SaveAll(minute.Observers);
        }
    }

    public void Restore(ref EntryReader reader, ObserverTable observers)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var minute = TrafficMinute.Decode(ref reader);
            _minutes.Enqueue(minute);
            ledger.Added(minute);
            Current = minute;
            for (int shares = reader.ReadCount(); shares > 0; shares--)
            {
                var share = ObserverMinute.Decode(ref reader);
                minute.Observers.Add(share);
                ledger.Added(share);
                if (observers.TryGet(share.Observer, out var observer))
                {
                    observer.Figures = share;
                }
            }
        }
    }

    private void LetGoFrom(long first)
    {
        TrafficMinute[] kept = [.. _minutes.Where(minute => minute.Minute < first)];
        foreach (var minute in _minutes.Skip(kept.Length))
        {
            LetGo(minute);
        }

        _minutes.Clear();
        Array.ForEach(kept, _minutes.Enqueue);
    }

    private void LetGo(TrafficMinute minute)
    {
        ledger.Remove(minute);
        minute.Observers.ForEach(ledger.Remove);
    }
}
