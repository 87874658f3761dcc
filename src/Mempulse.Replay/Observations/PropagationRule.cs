using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Observations;

/// <summary>Takes in sightings and blocks: who was first and by how much, and who had shown what a block then had.</summary>
internal sealed class PropagationRule(ObservationState state)
{
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <returns>True when it is the lane's first sighting.</returns>
    public bool Seen(in RecordView fact, long at)
    {
        state.AllSightings++;
        var minute = state.Window.At(at);
        minute.Sightings++;
        state.Changed(minute);
        bool isNew = !state.Txs.TryFind(fact.TxKey, out var tx);
        tx ??= Admit(fact.TxKey, at, minute);
        minute.Shown += isNew ? 1u : 0;
        tx.Sightings += tx.IncludedAt == 0 ? 1u : 0;
        state.Changed(tx);
        if (fact.Source != default && state.Observers.Of(new ObserverKey(fact.Source, fact.Lane)) is { } source)
        {
            Speak(source, at);
            Show(source, tx, ref tx.Sources, at, minute);
        }

        if (state.Observers.OfLane(fact.Lane) is not { } lane)
        {
            return false;
        }

        Show(lane, tx, ref tx.Lanes, at, minute);
        return lane.Sightings == 1;
    }

    public void Included(LogEvent.BlockObserved block, long at)
    {
        var minute = state.Window.At(at);
        uint before = minute.Included;
        foreach (var included in block.Transactions)
        {
            bool isUnseen = !state.Txs.TryFind(included.Hash, out var tx);
            tx ??= Admit(included.Hash, at, minute);
            if (tx.IncludedAt == 0)
            {
                tx.IncludedAt = at;
                minute.Included++;
                minute.Unseen += isUnseen ? 1u : 0;
                state.Changed(tx);
                Cover(tx, at, minute, isUnseen);
            }
        }

        state.Changed(minute);
        Measure(minute.Included - before, minute);
    }

    private ObservedTx Admit(in Hash256 hash, long at, TrafficMinute minute)
    {
        var tx = state.Txs.Admit(hash, at, out bool wasWaiting);
        minute.LetGo += wasWaiting ? 1u : 0;
        return tx;
    }

    private void Speak(Observer source, long at)
    {
        state.Gaps.Spoke(source, at, state.AllSightings - 1);
        source.LastShownAt = at;
        source.AllSightingsThen = state.AllSightings;
    }

    /// <summary>One showing by one observer, among its like: sources among sources, lanes among lanes.</summary>
    private void Show(Observer observer, ObservedTx tx, ref ArrivalTimes arrivals, long at, TrafficMinute minute)
    {
        var share = TrafficWindow.SharedBy(minute, observer);
        observer.Sightings++;
        share.Sightings++;
        if (tx.IncludedAt != 0)
        {
            share.Late++;
        }
        else if (arrivals.TryAdd(observer.Ordinal, MicrosBetween(tx.FirstAt, at)))
        {
            share.Shown++;
            Rank(share, arrivals, minute);
        }

        state.Changed(observer);
        state.Changed(share);
    }

    private void Rank(ObserverMinute share, in ArrivalTimes arrivals, TrafficMinute minute)
    {
        if (arrivals.Count == 1)
        {
            share.Firsts++;
            return;
        }

        uint behind = arrivals[arrivals.Count - 1].Micros - Math.Min(arrivals[0].Micros, arrivals[arrivals.Count - 1].Micros);
        share.Delay.Add(behind);
        if (arrivals.Count == 2 && state.Observers.TryGet(arrivals[0].Observer, out var first))
        {
            var firstShare = TrafficWindow.SharedBy(minute, first);
            firstShare.Lead.Add(behind);
            state.Changed(firstShare);
        }
    }

    private void Cover(ObservedTx tx, long at, TrafficMinute minute, bool isUnseen)
    {
        if (isUnseen)
        {
            return;
        }

        minute.Latency.Add(MicrosBetween(tx.FirstAt, at));
        minute.Heat.Add(tx.Sightings);
        Cover(tx, tx.Sources, at, minute);
        Cover(tx, tx.Lanes, at, minute);
    }

    private void Cover(ObservedTx tx, in ArrivalTimes arrivals, long at, TrafficMinute minute)
    {
        for (int i = 0; i < arrivals.Count; i++)
        {
            if (state.Observers.TryGet(arrivals[i].Observer, out var observer))
            {
                var share = TrafficWindow.SharedBy(minute, observer);
                share.Covered++;
                uint waited = MicrosBetween(tx.FirstAt, at);
                share.Ahead.Add(waited - Math.Min(waited, arrivals[i].Micros));
                state.Changed(share);
            }
        }
    }

    /// <summary>What each observer could have covered: of lanes, those with a source that can be heard.</summary>
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
        var share = TrafficWindow.SharedBy(minute, observer);
        share.Coverable += included;
        state.Changed(share);
    }

    private static uint MicrosBetween(long from, long to) =>
        (uint)Math.Clamp((to - from) / NanosecondsPerMicrosecond, 0, uint.MaxValue);
}
