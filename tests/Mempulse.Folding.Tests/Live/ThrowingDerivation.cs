using Mempulse.Primitives;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests.Live;

/// <summary>A derivation with a bug: it throws at a position.</summary>
internal sealed class ThrowingDerivation(ulong at) : IDerivation
{
    public string RuleVersion => "throwing/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0xe1, 0xe1));

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived) =>
        Invariant.That(fact.Record.Seq.Value != at, "test", "this derivation has a bug");

    public void Save(CheckpointWriter writer)
    {
    }

    public void Restore(ref CheckpointReader reader)
    {
    }

    public void AssertInvariants()
    {
    }
}
