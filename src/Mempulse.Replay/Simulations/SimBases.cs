using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.State;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Simulations;

/// <summary>Derives when the block that a simulation stands on leaves the canonical chain, or comes back.</summary>
/// <remarks>
/// Holds the simulations on blocks above finality, at most <see cref="MaxSims"/>: beyond it the oldest base goes first and its
/// simulations are not followed any more. A base of a height not seen yet is unknown, which is announced by nobody.
/// </remarks>
internal sealed class SimBases : IDerivation
{
    /// <summary>Most simulations followed at a time.</summary>
    public const int MaxSims = 65_536;

    /// <summary>Raised whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "sims/1";

    private readonly SortedDictionary<(ulong Number, Hash256 Sim), SimEntry> _sims = [];
    private readonly DigestLedger _digest = new();

    public string RuleVersion => CurrentRuleVersion;

    /// <summary>Simulations followed.</summary>
    public int Count => _sims.Count;

    public StateDigest Digest() => _digest.Sum();

    public void Derive(in Fact fact, IMempoolView pool, DerivedEvents derived)
    {
        switch (fact.Kind)
        {
            case EventKind.SimCompleted:
                Add((LogEvent.SimCompleted)fact.Event!, pool, derived);
                break;
            case EventKind.BlockObserved or EventKind.ReorgDetected when _sims.Count > 0:
                Review(pool, derived);
                break;
        }
    }

    public void Save(EntryWriter writer)
    {
        writer.WriteCount(_sims.Count);
        foreach (var (_, sim) in _sims)
        {
            sim.Encode(writer);
        }
    }

    public void Restore(ref EntryReader reader)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var sim = SimEntry.Decode(ref reader);
            var key = (sim.BaseNumber.Value, sim.Sim);
            if (_sims.ContainsKey(key))
            {
                throw reader.Malformed($"simulation {sim.Sim} stands there twice");
            }

            _sims.Add(key, sim);
            _digest.Mark(sim);
        }
    }

    public void AssertInvariants()
    {
        var sum = StateDigest.Empty;
        foreach (var (key, sim) in _sims)
        {
            Invariant.That(key == (sim.BaseNumber.Value, sim.Sim), "INV-90", "a followed simulation stands under its base's height and its id");
            sum = sum.Plus(_digest.DigestOf(sim));
        }

        Invariant.That(_sims.Count <= MaxSims, "INV-91", "no more simulations are followed than the bound says");
        Invariant.That(sum == _digest.Sum(), "INV-92", "the digest of the followed simulations is the sum over them");
    }

    private void Add(LogEvent.SimCompleted completed, IMempoolView pool, DerivedEvents derived)
    {
        var key = (completed.BaseNumber.Value, completed.Sim);
        if (_sims.ContainsKey(key) || (pool.Final is { } final && completed.BaseNumber < final))
        {
            return;
        }

        var sim = new SimEntry(completed.Sim, completed.Base, completed.BaseNumber);
        _sims.Add(key, sim);
        _digest.Mark(sim);
        Look(sim, Heights(pool), derived);
        if (_sims.Count > MaxSims)
        {
            Remove(Oldest());
        }
    }

    /// <summary>Looks at every base again, in the order of height and id, which is the order of what is announced; lets the final ones go.</summary>
    private void Review(IMempoolView pool, DerivedEvents derived)
    {
        var heights = Heights(pool);
        foreach (var (_, sim) in _sims)
        {
            Look(sim, heights, derived);
        }

        while (_sims.Count > 0 && pool.Final is { } final && Oldest() is var oldest && oldest.BaseNumber < final)
        {
            Remove(oldest);
        }
    }

    private void Look(SimEntry sim, SortedDictionary<ulong, Hash256> heights, DerivedEvents derived)
    {
        var before = sim.Standing;
        var now = heights.TryGetValue(sim.BaseNumber.Value, out var hash)
            ? hash == sim.Base ? SimBaseStanding.Canonical : SimBaseStanding.Left
            : before == SimBaseStanding.Canonical ? SimBaseStanding.Left : before;
        if (now == before)
        {
            return;
        }

        sim.Standing = now;
        _digest.Mark(sim);
        if (now == SimBaseStanding.Left || before == SimBaseStanding.Left)
        {
            derived.Add(new LogEvent.SimBaseMoved(sim.Sim, sim.Base, now));
        }
    }

    private static SortedDictionary<ulong, Hash256> Heights(IMempoolView pool)
    {
        var heights = new SortedDictionary<ulong, Hash256>();
        var blocks = pool.CanonicalBlocks();
        for (int i = 0; i < blocks.Count; i++)
        {
            heights[blocks[i].Number.Value] = blocks[i].Hash;
        }

        return heights;
    }

    private SimEntry Oldest()
    {
        foreach (var (_, sim) in _sims)
        {
            return sim;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private void Remove(SimEntry sim)
    {
        _sims.Remove((sim.BaseNumber.Value, sim.Sim));
        _digest.Remove(sim);
    }
}
