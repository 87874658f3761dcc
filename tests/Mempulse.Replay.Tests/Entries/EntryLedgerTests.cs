using CsCheck;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Tests.Entries;

public sealed class EntryLedgerTests
{
    [Fact]
    public void Entries_that_left_are_released_even_if_the_sum_is_never_read()
    {
        const int Staying = 100_000;
        var ledger = new EntryLedger(new TagRange(Entry.EntryTag, Entry.EntryTag));
        for (int i = 0; i < Staying; i++)
        {
            ledger.Added(new Entry { Value = i });
        }

        for (int i = 0; i < 10 * EntryLedger.MaxLeft; i++)
        {
            var entry = new Entry { Value = -i };
            ledger.Added(entry);
            ledger.Remove(entry);
            Assert.InRange(ledger.MarkedCount, Staying, Staying + EntryLedger.MaxLeft);
        }
    }

    /// <summary>Entries are changed, removed and reused, and the sum is read in between or not.</summary>
    [Fact]
    public void The_sum_matches_the_present_entries_after_any_sequence_of_changes() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20]).Array[0, 200].Sample(static steps =>
        {
            var ledger = new EntryLedger(new TagRange(Entry.EntryTag, Entry.EntryTag));
            var entries = Enumerable.Range(0, 10).Select(_ => new Entry { HasLeft = true }).ToArray();
            foreach (var (index, what) in steps)
            {
                var entry = entries[index];
                if (what == 0)
                {
                    Assert.Equal(SumOf(ledger, entries), ledger.Sum());
                }
                else if (what < 6 && !entry.HasLeft)
                {
                    ledger.Remove(entry);
                }
                else
                {
                    entry.Value = what;
                    if (entry.HasLeft)
                    {
                        ledger.Added(entry);
                    }
                    else
                    {
                        ledger.Changing(entry);
                    }
                }
            }

            Assert.Equal(SumOf(ledger, entries), ledger.Sum());
        });

    [Fact]
    public void An_entry_outside_the_tags_of_its_derivation_is_a_bug()
    {
        var ledger = new EntryLedger(new TagRange(0x40, 0x4f));
        ledger.Added(new Entry());

        Assert.Throws<InvariantBrokenException>(() => ledger.Sum());
    }

    private static StateDigest SumOf(EntryLedger ledger, IEnumerable<Entry> entries) =>
        entries.Where(entry => !entry.HasLeft).Aggregate(StateDigest.Empty, (sum, entry) => sum.Plus(ledger.DigestOf(entry)));

    private sealed class Entry : StateEntry
    {
        public const byte EntryTag = 0x70;

        public override byte Tag => EntryTag;

        public int Value { get; set; }

        public override void Encode(EntryWriter writer) => writer.Write((ulong)(uint)Value);
    }
}
