using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Observations;

/// <summary>Everything that is remembered of who showed what and when. Confined to the fold's thread.</summary>
internal sealed class ObservationState
{
    private readonly DigestLedger _ledger = new();
    private readonly ObservationTotals _totals = new();

    public ObservationState()
    {
        Observers = new ObserverTable(_ledger);
        Txs = new ObservedTxs(_ledger);
        Window = new TrafficWindow(_ledger);
        Gaps = new GapLedger(_ledger);
    }

    public ObserverTable Observers { get; }

    public ObservedTxs Txs { get; }

    public TrafficWindow Window { get; }

    public GapLedger Gaps { get; }

    /// <summary>Time of the latest fact but those of the writer itself, Unix nanoseconds; 0 before the first.</summary>
    public long LastFactAt
    {
        get => _totals.LastFactAt;
        set => _totals.LastFactAt = value;
    }

    /// <summary>Sightings by anybody.</summary>
    public ulong AllSightings
    {
        get => _totals.AllSightings;
        set => _totals.AllSightings = value;
    }

    /// <summary>Records that an entry changed.</summary>
    public void Changed(DigestedEntry entry) => _ledger.Mark(entry);

    /// <summary>False for an observer in a lane that brings blocks and has never shown a transaction.</summary>
    public bool HearsMempool(Observer observer) => Observers.OfLane(observer.Key.Lane) is not { BringsBlocks: true, Sightings: 0 };

    public StateDigest Digest()
    {
        CopyToTotals();
        return _ledger.Sum().Plus(_ledger.DigestOf(_totals));
    }

    public void Save(EntryWriter writer)
    {
        CopyToTotals();
        _totals.Encode(writer);
        Observers.Save(writer);
        Txs.Save(writer);
        Window.Save(writer);
        Gaps.Save(writer);
    }

    public static ObservationState Restore(ref EntryReader reader)
    {
        var state = new ObservationState();
        state._totals.Read(ref reader);
        state.Observers.Restore(ref reader);
        state.Txs.Restore(ref reader);
        state.Window.Restore(ref reader, state.Observers);
        state.Gaps.Restore(ref reader);
        state.Gaps.CompleteSince = state._totals.CompleteSince;
        state.Gaps.BlindSince = state._totals.BlindSince;
        return state;
    }

    /// <summary>Checks every bound. Costs a walk over all of it.</summary>
    /// <exception cref="InvariantBrokenException">A relation does not hold.</exception>
    public void AssertInvariants()
    {
        Invariant.That(
            Observers.Count <= ObserverTable.Limit + 1 && Txs.Count <= ObservedTxs.Limit && Window.Minutes.Count() <= TrafficWindow.Limit && Gaps.Gaps.Count() <= GapLedger.Limit,
            "INV-68",
            "what is kept of observations stays within its bounds");
        Invariant.That(
            Observers.Sorted().Count(static observer => observer.IsConnected) == Observers.Connected.Count,
            "INV-69",
            "an observer is in the list of those that can be heard exactly when it can be");
    }

    private void CopyToTotals()
    {
        _totals.CompleteSince = Gaps.CompleteSince;
        _totals.BlindSince = Gaps.BlindSince;
    }
}
