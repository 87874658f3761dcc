using Mempulse.Primitives;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Derivations;

/// <summary>A rule set that turns facts into derived events: a fact, the folded state and what the lifecycle just changed in; derived events out.</summary>
/// <remarks>
/// <para>It must be a function of the facts so far: no clock, randomness or hash order. What it remembers is entries
/// (<see cref="StateEntry"/>), in an <see cref="EntryTable{TKey, TEntry}"/> where they are many; its ledger digests them.</para>
/// <para>The lifecycle runs first, so the view already shows the state after the fact. The events of one fact are numbered
/// consecutively over all derivations, in their order.</para>
/// </remarks>
public interface IDerivation
{
    /// <summary>Name and version of the rules, such as "lifecycle/3". A checkpoint of other rules is not used.</summary>
    string RuleVersion { get; }

    /// <summary>Its entries: their digest, their tags, and their part in a checkpoint under way.</summary>
    EntryLedger Ledger { get; }

    /// <summary>Applies a fact and adds the events that follow from it.</summary>
    /// <remarks>The fact is fully decoded before the first derivation runs, so a malformed payload never gets here.</remarks>
    /// <param name="fact">The fact.</param>
    /// <param name="pool">The state after the fact.</param>
    /// <param name="changes">What the lifecycle did with the fact. Empty for the lifecycle itself.</param>
    /// <param name="derived">Takes the derived events.</param>
    void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived);

    /// <summary>Saves every entry, and values that order them. Called between two facts; tables are written later, as they are now.</summary>
    void Save(CheckpointWriter writer);

    /// <summary>Restores what <see cref="Save"/> saved into this derivation, which has applied no fact.</summary>
    /// <exception cref="CheckpointException">The bytes are malformed.</exception>
    void Restore(ref CheckpointReader reader);

    /// <summary>Checks every relation between its entries. Costs a walk over its whole state: for tests and after a restore.</summary>
    /// <exception cref="InvariantBrokenException">A relation does not hold.</exception>
    void AssertInvariants();
}
