using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Simulations;

/// <summary>Derives when the base block of a simulation leaves the canonical chain, or comes back.</summary>
/// <remarks>
/// Follows the simulations on blocks above finality, at most <see cref="MaxSims"/>: beyond it, those on the lowest base are no longer
/// followed. A base at a height not seen yet is unknown; no event is derived for it.
/// </remarks>
internal sealed class SimBases : IDerivation
{
    /// <summary>Maximum number of simulations followed at a time.</summary>
    public const int MaxSims = 65_536;

    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "sims/2";

    private static readonly Comparer<SimEntry> s_byKey = Comparer<SimEntry>.Create(static (one, other) => one.Key.CompareTo(other.Key));

    private readonly EntryTable<SimKey, SimEntry> _sims;
    private readonly SortedDictionary<BlockNumber, SortedSet<SimEntry>> _byHeight = [];
    private readonly int _maxSims;

    /// <summary>A derivation that follows no simulation yet.</summary>
    /// <param name="maxSims">See <see cref="MaxSims"/>.</param>
    public SimBases(int maxSims)
    {
        _maxSims = maxSims;
        _sims = new EntryTable<SimKey, SimEntry>(Ledger);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x10, 0x17));

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (fact.Kind == LogEvent.SimCompleted.KindNumber)
        {
            Follow((LogEvent.SimCompleted)fact.Event!, pool, derived);
        }

        if (_byHeight.Count > 0 && (changes.BlocksUndone.Length > 0 || changes.BlocksApplied.Length > 0))
        {
            ReviewChanged(pool, changes, derived);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => writer.Save(_sims);

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        reader.Restore(_sims, SimEntry.Decode);
        foreach (var sim in _sims.SortedByKey())
        {
            AtHeight(sim.Key.BaseNumber).Add(sim);
        }
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        Invariant.That(_sims.Count <= _maxSims, "INV-91", "no more simulations are followed than the bound says");
        var byHeight = _byHeight.Values.SelectMany(static sims => sims);
        Invariant.That(_sims.SortedByKey().SequenceEqual(byHeight), "INV-90", "a followed simulation is listed at its base's height, in the order of ids");
    }

    private void Follow(LogEvent.SimCompleted completed, IMempoolView pool, DerivedEvents derived)
    {
        var key = new SimKey(completed.BaseNumber, completed.Sim);
        if (_sims.TryGet(key, out _) || completed.BaseNumber < pool.Final)
        {
            return;
        }

        var sim = new SimEntry(key, completed.Base);
        _sims.Add(sim);
        AtHeight(key.BaseNumber).Add(sim);
        Review(sim, pool, derived);
        if (_sims.Count > _maxSims)
        {
            RemoveFirst();
        }
    }

    /// <summary>Reviews the bases at the heights that changed, in the order of the events: by height, then by id. Then drops those below finality.</summary>
    private void ReviewChanged(IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        foreach (var height in ChangedHeights(changes))
        {
            if (_byHeight.TryGetValue(height, out var sims))
            {
                foreach (var sim in sims)
                {
                    Review(sim, pool, derived);
                }
            }
        }

        while (_byHeight.Count > 0 && _byHeight.First() is var lowest && lowest.Key < pool.Final)
        {
            foreach (var sim in lowest.Value)
            {
                _sims.Remove(sim);
            }

            _byHeight.Remove(lowest.Key);
        }
    }

    private static SortedSet<BlockNumber> ChangedHeights(FactChanges changes)
    {
        SortedSet<BlockNumber> heights = [];
        foreach (var block in changes.BlocksUndone)
        {
            heights.Add(block.Number);
        }

        foreach (var block in changes.BlocksApplied)
        {
            heights.Add(block.Number);
        }

        return heights;
    }

    private void Review(SimEntry sim, IMempoolView pool, DerivedEvents derived)
    {
        var before = sim.Standing;
        var now = pool.TryGetCanonical(sim.Key.BaseNumber, out var block)
            ? block.Value.Hash == sim.Base ? SimBaseStanding.Canonical : SimBaseStanding.Left
            : before == SimBaseStanding.Canonical ? SimBaseStanding.Left : before;
        if (now == before)
        {
            return;
        }

        _sims.Changing(sim);
        sim.Standing = now;
        if (now == SimBaseStanding.Left || before == SimBaseStanding.Left)
        {
            derived.Add(new LogEvent.SimBaseMoved(sim.Key.Sim, sim.Base, now));
        }
    }

    private SortedSet<SimEntry> AtHeight(BlockNumber height)
    {
        if (!_byHeight.TryGetValue(height, out var sims))
        {
            sims = new SortedSet<SimEntry>(s_byKey);
            _byHeight.Add(height, sims);
        }

        return sims;
    }

    private void RemoveFirst()
    {
        var (height, sims) = _byHeight.First();
        var first = sims.Min!;
        _sims.Remove(first);
        sims.Remove(first);
        if (sims.Count == 0)
        {
            _byHeight.Remove(height);
        }
    }
}
