using Mempulse.Primitives;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Derivations;

/// <summary>A rule set: takes a fact, the folded state and what the lifecycle just changed in it, and returns derived events.</summary>
/// <remarks>
/// <para>It must be a function of the facts so far: no clock, randomness or hash order. Its state is entries
/// (<see cref="StateEntry"/>), in an <see cref="EntryTable{TKey, TEntry}"/> where there are many; its ledger digests them.</para>
/// <para>The lifecycle runs first, so the view already has the state after the fact. The events of one fact are numbered
/// consecutively over all derivations, in their order.</para>
/// </remarks>
public interface IDerivation
{
    /// <summary>Name and version of the rules, such as "lifecycle/3". A checkpoint of other rules is not used.</summary>
    string RuleVersion { get; }

    /// <summary>The ledger of its entries: their digest, their tags, and their part in a checkpoint in progress.</summary>
    EntryLedger Ledger { get; }

    /// <summary>Applies a fact and adds the events derived from it.</summary>
    /// <remarks>The fact is fully decoded before the first derivation runs, so a malformed payload never gets here.</remarks>
    /// <param name="fact">The fact.</param>
    /// <param name="pool">The state after the fact.</param>
    /// <param name="changes">What the lifecycle did with the fact. Empty for the lifecycle itself.</param>
    /// <param name="derived">Receives the derived events.</param>
    void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived);

    /// <summary>Saves every entry, and the values that order them. Called between two facts; tables are written later, with their present values.</summary>
    void Save(CheckpointWriter writer);

    /// <summary>Restores what <see cref="Save"/> saved into this derivation, which must not have applied a fact.</summary>
    /// <exception cref="CheckpointException">The bytes are malformed.</exception>
    void Restore(ref CheckpointReader reader);

    /// <summary>Checks every invariant of its entries. Walks its whole state: for tests and after a restore.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    void AssertInvariants();
}
