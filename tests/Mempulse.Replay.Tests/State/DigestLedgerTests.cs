using CsCheck;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Tests.State;

public sealed class DigestLedgerTests
{
    [Fact]
    public void Entries_that_left_are_let_go_though_nobody_asks_for_the_sum()
    {
        const int Staying = 100_000;
        var ledger = new DigestLedger();
        for (int i = 0; i < Staying; i++)
        {
            ledger.Mark(new Entry { Value = i });
        }

        for (int i = 0; i < 10 * DigestLedger.MaxLeft; i++)
        {
            var entry = new Entry { Value = -i };
            ledger.Mark(entry);
            ledger.Remove(entry);
            Assert.InRange(ledger.MarkedCount, Staying, Staying + DigestLedger.MaxLeft);
        }
    }

    /// <summary>Entries are changed, taken out, used again after they left, and the sum is asked for in between or not.</summary>
    [Fact]
    public void The_sum_is_that_of_the_entries_that_are_there_under_any_sequence_of_changes() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20]).Array[0, 200].Sample(static steps =>
        {
            var ledger = new DigestLedger();
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
                    (entry.Value, entry.HasLeft) = (what, false);
                    ledger.Mark(entry);
                }
            }

            Assert.Equal(SumOf(ledger, entries), ledger.Sum());
        });

    private static StateDigest SumOf(DigestLedger ledger, IEnumerable<Entry> entries) =>
        entries.Where(entry => !entry.HasLeft).Aggregate(StateDigest.Empty, (sum, entry) => sum.Plus(ledger.DigestOf(entry)));

    private sealed class Entry : DigestedEntry
    {
        public int Value { get; set; }

        public override void Encode(EntryWriter writer) => writer.Write((ulong)(uint)Value);
    }
}
