using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Determinism.Tests.Derivations;

/// <summary>A derivation in another assembly: counts each sender's included transactions and reports each undone block.</summary>
internal sealed class SenderActivity : IDerivation
{
    private readonly EntryTable<Address, SenderEntry> _senders;

    public SenderActivity() => _senders = new EntryTable<Address, SenderEntry>(Ledger);

    public string RuleVersion => "activity/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0xf0, 0xf0));

    /// <summary>Every sender and the number of its transactions in blocks.</summary>
    public IReadOnlyDictionary<Address, uint> Counts => _senders.SortedByKey().ToDictionary(sender => sender.Key, sender => sender.Included);

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        foreach (var transition in changes.Transitions)
        {
            int change = (transition.To == TxState.Included ? 1 : 0) - (transition.From == TxState.Included && transition.To != TxState.Confirmed ? 1 : 0);
            if (change != 0 && pool.TryGetTx(transition.Tx, out var tx))
            {
                Count(tx.Sender!.Value, change);
            }
        }

        foreach (var block in changes.BlocksUndone)
        {
            derived.Add(new LogEvent.SimBaseMoved(block.Hash, block.Hash, SimBaseStanding.Left));
        }
    }

    public void Save(CheckpointWriter writer) => writer.Save(_senders);

    public void Restore(ref CheckpointReader reader) => reader.Restore(_senders, SenderEntry.Decode);

    public void AssertInvariants()
    {
        foreach (var sender in _senders.SortedByKey())
        {
            Invariant.That(sender.Included > 0, "INV-00", "a sender that no block includes has no entry");
        }
    }

    private void Count(Address sender, int change)
    {
        if (!_senders.TryGet(sender, out var entry))
        {
            entry = new SenderEntry(sender);
            _senders.Add(entry);
        }

        _senders.Changing(entry);
        entry.Included = (uint)(entry.Included + change);
        if (entry.Included == 0)
        {
            _senders.Remove(entry);
        }
    }

    private sealed class SenderEntry(Address sender) : StateEntry, IKeyed<Address>
    {
        public override byte Tag => 0xf0;

        public Address Key { get; } = sender;

        public uint Included { get; set; }

        public override void Encode(EntryWriter writer)
        {
            writer.Write(Key);
            writer.Write(Included);
        }

        public static SenderEntry Decode(ref EntryReader reader)
        {
            reader.Expect(0xf0);
            return new SenderEntry(reader.ReadAddress()) { Included = reader.ReadUInt32() };
        }
    }
}
