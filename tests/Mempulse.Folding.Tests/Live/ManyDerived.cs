using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests.Live;

/// <summary>A derivation that derives many events from each fact.</summary>
internal sealed class ManyDerived(int perFact) : IDerivation
{
    public string RuleVersion => "many/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0xe1, 0xe1));

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        for (int i = 0; i < perFact; i++)
        {
            derived.Add(new LogEvent.TxConfirmed(default, default, default, new BlockNumber((ulong)i)));
        }
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
