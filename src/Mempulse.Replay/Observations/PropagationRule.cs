using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Observations;

/// <summary>Applies sightings and blocks: which observer was first and by how much, and which ones had announced a block's transactions.</summary>
internal sealed class PropagationRule(ObservationState state, TxTable txs, FactSubjects subjects)
{
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <returns>True when it is the lane's first sighting.</returns>
    public bool Seen(in RecordView fact, long at)
    {
        state.CountSighting();
        var minute = state.Window.At(state.LastFactAt);
        state.Changing(minute);
        minute.Sightings++;
        var tx = subjects.Sighted;
        bool isLate = subjects.SightedEnd == TxState.Confirmed;
        if (tx is not null)
        {
            txs.Changing(tx);
            ref var spread = ref tx.Spread;
            isLate = spread.IncludedAt != 0;
            minute.Shown += spread.Sightings == 0 && !isLate ? 1u : 0;
            spread.Sightings += isLate ? 0 : 1u;
        }

        if (fact.Source != default && state.Observers.Of(new ObserverKey(fact.Source, fact.Lane)) is { } source)
        {
            SeenBy(source, tx, isLate, at, minute);
        }

        if (state.Observers.OfLane(fact.Lane) is not { } lane)
        {
            return false;
        }

        var laneShare = Show(lane, isLate, minute);
        if (tx is not null && !isLate)
        {
            Arrive(lane, laneShare, tx, ref tx.Spread.Lanes, at, minute);
        }

        return lane.Sightings == 1;
    }

    public void Included(long at)
    {
        var minute = state.Window.At(state.LastFactAt);
        state.Changing(minute);
        uint before = minute.Included;
        foreach (var tx in subjects.InBlock)
        {
            if (tx.Spread.IncludedAt == 0)
            {
                txs.Changing(tx);
                tx.Spread.IncludedAt = at;
                minute.Included++;
                Cover(tx, at, minute);
            }
        }

        Measure(minute.Included - before, minute);
    }

    private void SeenBy(Observer source, TxEntry? tx, bool isLate, long at, TrafficMinute minute)
    {
        var share = Show(source, isLate, minute);
        Speak(source, at);
        if (tx is not null && !isLate)
        {
            Arrive(source, share, tx, ref tx.Spread.Sources, at, minute);
        }
        else if (tx is { Block: null })
        {
            tx.Spread.Sources.TryAdd(source.Ordinal, MicrosBetween(tx.FirstAt.Value, at)); // its block was left: it is in this source's pool now, even if another took its place here
        }
    }

    /// <summary>Counts transactions that expired before a block included them because a bound was reached.</summary>
    public void Evicted()
    {
        var minute = state.Window.At(state.LastFactAt);
        state.Changing(minute);
        minute.LetGo += (uint)subjects.Evicted;
    }

    /// <summary>Counts one announcement by one observer.</summary>
    private ObserverMinute Show(Observer observer, bool isLate, TrafficMinute minute)
    {
        var share = state.Window.SharedBy(minute, observer);
        state.Changing(observer);
        state.Changing(share);
        observer.Sightings++;
        share.Sightings++;
        share.Late += isLate ? 1u : 0;
        return share;
    }

    private void Speak(Observer source, long at)
    {
        if (state.ReportsMempool(source))
        {
            state.Gaps.Spoke(source, at, state.AllSightings - 1, state.Elapsed); // in a lane of blocks alone, nothing was expected of it
        }

        source.LastShownAt = source.QuietSince = at;
        source.ElapsedThen = state.Elapsed;
        source.AllSightingsThen = state.AllSightings;
    }

    /// <summary>Ranks an observer's first announcement of a transaction among its kind: sources among sources, lanes among lanes.</summary>
    private void Arrive(Observer observer, ObserverMinute share, TxEntry tx, ref ArrivalTimes arrivals, long at, TrafficMinute minute)
    {
        if (!arrivals.TryAdd(observer.Ordinal, MicrosBetween(tx.FirstAt.Value, at)))
        {
            return;
        }

        share.Shown++;
        if (arrivals.Count == 1)
        {
            observer.Firsts++;
            share.Firsts++;
            return;
        }

        uint behind = arrivals[arrivals.Count - 1].Micros - Math.Min(arrivals[0].Micros, arrivals[arrivals.Count - 1].Micros);
        share.Delay.Add(behind);
        if (arrivals.Count == 2 && state.Observers.TryGet(arrivals[0].Observer, out var first))
        {
            var firstShare = state.Window.SharedBy(minute, first);
            state.Changing(firstShare);
            firstShare.Lead.Add(behind);
        }
    }

    private void Cover(TxEntry tx, long at, TrafficMinute minute)
    {
        if (tx.Spread.Sightings == 0)
        {
            minute.Unseen++;
            return;
        }

        minute.Latency.Add(MicrosBetween(tx.FirstAt.Value, at));
        minute.Heat.Add(tx.Spread.Sightings);
        Cover(tx, tx.Spread.Sources, at, minute);
        Cover(tx, tx.Spread.Lanes, at, minute);
    }

    private void Cover(TxEntry tx, in ArrivalTimes arrivals, long at, TrafficMinute minute)
    {
        for (int i = 0; i < arrivals.Count; i++)
        {
            if (state.Observers.TryGet(arrivals[i].Observer, out var observer))
            {
                var share = state.Window.SharedBy(minute, observer);
                state.Changing(share);
                share.Covered++;
                uint waited = MicrosBetween(tx.FirstAt.Value, at);
                share.Ahead.Add(waited - Math.Min(waited, arrivals[i].Micros));
            }
        }
    }

    /// <summary>Counts what each observer could have covered: connected sources and their lanes.</summary>
    private void Measure(uint included, TrafficMinute minute)
    {
        List<Observer> lanes = [];
        foreach (var observer in state.Observers.Connected)
        {
            Measure(observer, included, minute);
            if (state.Observers.OfLane(observer.Key.Lane) is { } lane && !lanes.Contains(lane))
            {
                lanes.Add(lane);
                Measure(lane, included, minute);
            }
        }
    }

    private void Measure(Observer observer, uint included, TrafficMinute minute)
    {
        var share = state.Window.SharedBy(minute, observer);
        state.Changing(share);
        share.Coverable += included;
    }

    private static uint MicrosBetween(long from, long to) =>
        (uint)Math.Clamp((to - from) / NanosecondsPerMicrosecond, 0, uint.MaxValue);
}
