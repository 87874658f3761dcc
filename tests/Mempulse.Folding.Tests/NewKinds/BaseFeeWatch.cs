using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests.NewKinds;

/// <summary>Derives <see cref="BaseFeeMoved"/> for each block; it compares with a fixed fee, so it keeps no state.</summary>
internal sealed class BaseFeeWatch : IDerivation
{
    /// <summary>The fee that each block is compared with.</summary>
    public static readonly Wei Before = new(5);

    public string RuleVersion => "base-fee-watch/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0xe1, 0xe1));

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (fact.Event is LogEvent.BlockObserved block && block.BaseFeePerGas.Value != Before.Value)
        {
            var direction = block.BaseFeePerGas.Value > Before.Value ? FeeDirection.Rose : FeeDirection.Fell;
            derived.Add(new BaseFeeMoved(block.Hash, Before, block.BaseFeePerGas, direction));
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
