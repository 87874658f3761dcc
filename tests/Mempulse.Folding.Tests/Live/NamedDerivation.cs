using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests.Live;

/// <summary>A derivation of a given name that derives nothing.</summary>
internal sealed class NamedDerivation(string rules, int index) : IDerivation
{
    public string RuleVersion => rules;

    public EntryLedger Ledger { get; } = new(new TagRange((byte)(0xd0 + index), (byte)(0xd0 + index)));

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
    }

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
