using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The state of observers, minutes and gaps. How each transaction spread is in the transaction's entry.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
internal sealed class ObservationState
{
    /// <summary>A difference longer than this, back or forth, is a clock that was set. Lanes, and the hosts of one log, differ by less.</summary>
    public const long ClockJumpNanoseconds = 600_000_000_000;

    /// <summary>As much of the time between two facts counts as time that passed; blocks come more often.</summary>
    private const long LongestPauseNanoseconds = 15_000_000_000;

    private readonly EntryLedger _ledger;
    private readonly ObservationTotals _totals = new();

    public ObservationState(EntryLedger ledger)
    {
        _ledger = ledger;
        Observers = new ObserverTable(ledger);
        Window = new TrafficWindow(ledger);
        Gaps = new GapLedger(ledger, _totals);
        ledger.Added(_totals);
    }

    public ObserverTable Observers { get; }

    public TrafficWindow Window { get; }

    public GapLedger Gaps { get; }

    /// <inheritdoc cref="ObservationTotals.LastFactAt"/>
    /// <remarks>Unix nanoseconds; 0 before the first.</remarks>
    public long LastFactAt => _totals.LastFactAt;

    /// <inheritdoc cref="ObservationTotals.Elapsed"/>
    public long Elapsed => _totals.Elapsed;

    /// <summary>Sightings by all observers.</summary>
    public ulong AllSightings => _totals.AllSightings;

    /// <summary>Records that an entry is about to change.</summary>
    public void Changing(StateEntry entry) => _ledger.Changing(entry);

    public void CountSighting()
    {
        _ledger.Changing(_totals);
        _totals.AllSightings++;
    }

    /// <summary>Advances the time of the latest fact. A fact that is a little older does not turn it back; a clock that was set does, and no time passed.</summary>
    public void Observed(long at)
    {
        long step = at - _totals.LastFactAt;
        if (step is > 0 or < -ClockJumpNanoseconds)
        {
            _ledger.Changing(_totals);
            _totals.Elapsed += step is > 0 and <= ClockJumpNanoseconds ? Math.Min(step, LongestPauseNanoseconds) : 0;
            _totals.LastFactAt = at;
        }
    }

    /// <summary>False for an observer in a lane that delivers blocks and has never announced a transaction.</summary>
    public bool ReportsMempool(Observer observer) => Observers.OfLane(observer.Key.Lane) is not { BringsBlocks: true, Sightings: 0 };

    public void Save(CheckpointWriter writer)
    {
        writer.Save(_totals);
        Observers.Save(writer);
        Window.Save(writer);
        Gaps.Save(writer);
    }

    public void Restore(ref CheckpointReader reader)
    {
        _totals.Read(ref reader.Values);
        Observers.Restore(ref reader.Values);
        Window.Restore(ref reader.Values, Observers);
        Gaps.Restore(ref reader.Values);
    }

    /// <summary>Checks every bound. Walks the whole state.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        Invariant.That(
            Observers.Count <= ObserverTable.Limit + 1 && Window.Minutes.Count() <= TrafficWindow.Limit && Gaps.Gaps.Count() <= GapLedger.Limit,
            "INV-68",
            "what is kept of observations stays within its bounds");
        Invariant.That(
            Observers.Sorted().Count(static observer => observer.IsConnected) == Observers.Connected.Count,
            "INV-69",
            "an observer is in the list of connected ones exactly when it is connected");
        Invariant.That(
            Observers.Sorted().All(static observer => !observer.IsAwaited || observer.Key.IsLane || (!observer.IsConnected && observer.LostAt != 0)),
            "INV-109",
            "a source is awaited only while it is absent");
    }
}
