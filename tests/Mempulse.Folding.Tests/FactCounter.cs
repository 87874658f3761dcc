using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests;

/// <summary>A derivation that counts facts and derives nothing.</summary>
internal sealed class FactCounter : IDerivation
{
    public const string Rules = "fact-counter/1";

    private readonly Total _total = new();

    public FactCounter() => Ledger.Added(_total);

    public string RuleVersion => Rules;

    public EntryLedger Ledger { get; } = new(new TagRange(Total.EntryTag, Total.EntryTag));

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        Ledger.Changing(_total);
        _total.Facts++;
    }

    public void Save(CheckpointWriter writer) => writer.Save(_total);

    public void Restore(ref CheckpointReader reader)
    {
        reader.Values.Expect(Total.EntryTag);
        _total.Facts = reader.Values.ReadUInt64();
    }

    public void AssertInvariants()
    {
    }

    private sealed class Total : StateEntry
    {
        public const byte EntryTag = 0xe0;

        public override byte Tag => EntryTag;

        public ulong Facts { get; set; }

        public override void Encode(EntryWriter writer) => writer.Write(Facts);
    }
}
