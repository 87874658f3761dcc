using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Audits;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Audits;

/// <summary>What an audit finds by fee is what a walk over all waiting transactions finds.</summary>
public sealed class AbsentCandidatesTests
{
    private const long Slot = 1_000_000;

    private static readonly Gen<UInt256> s_fees = Gen.Frequency(
        (20, Gen.ULong[0, 40].Select(static fee => (UInt256)fee)),
        (1, Gen.ULong[ulong.MaxValue - 2, ulong.MaxValue].Select(static fee => (UInt256)fee)),
        (1, Gen.ULong[0, 2].Select(static fee => (UInt256)ulong.MaxValue + fee)),
        (1, Gen.ULong.Select(static fee => UInt256.MaxValue - fee)));

    private static readonly Gen<(UInt256 MaxFee, UInt256 Tip, ulong Gas, int Kind)> s_txs = Gen.Select(s_fees, s_fees, Gen.ULong[1, 60], Gen.Int[0, 99]);

    private static readonly Gen<(UInt256 BaseFee, UInt256 Tip, ulong GasLimit)> s_blocks = Gen.Select(s_fees, s_fees, Gen.ULong[0, 50_000]);

    [Fact]
    public void The_candidates_and_the_counts_are_those_of_a_walk() =>
        Gen.Select(s_txs.Array[0, 40], s_blocks.Array[4]).Sample(static (txs, blocks) => Compare(txs, blocks), iter: 2_000);

    [Fact]
    public void The_candidates_and_the_counts_of_a_large_pool_are_those_of_a_walk() =>
        Gen.Select(s_txs.Array[3_000, 6_000], s_blocks.Array[8]).Sample(static (txs, blocks) => Compare(txs, blocks), iter: 6);

    private static void Compare((UInt256 MaxFee, UInt256 Tip, ulong Gas, int Kind)[] txs, (UInt256 BaseFee, UInt256 Tip, ulong GasLimit)[] blocks)
    {
        var pool = new Pool();
        foreach (var tx in txs)
        {
            pool.Add(tx.MaxFee, tx.Tip, tx.Gas, tx.Kind);
        }

        pool.Txs.ByFee.AssertHolds(pool.Waiting().Where(static tx => tx.IsBidding));
        var candidates = new AbsentCandidates();
        foreach (var (baseFee, tip, gasLimit) in blocks)
        {
            UInt256? floor = tip <= UInt256.MaxValue - baseFee ? tip : null; // the tip of a transaction that covers the base fee
            candidates.Look(pool.Txs.ByFee, baseFee, gasLimit, Slot, floor);
            var found = candidates.Take().ConvertAll(static candidate => candidate.Tx.Hash);

            var (expected, counts) = Walk(pool, baseFee, floor ?? UInt256.Zero, gasLimit);
            Assert.Equal(expected, found);
            Assert.Equal(counts, candidates.NotExpected(pool.Txs));
        }
    }

    /// <summary>The rule as the format document says it, over every waiting transaction.</summary>
    private static (List<Hash256> Found, AuditCounts Counts) Walk(Pool pool, UInt256 baseFee, UInt256 floor, ulong gasLimit)
    {
        List<(UInt256 Tip, TxEntry Tx)> fitting = [];
        var (underpriced, belowMargin, afterSlot, noRoom) = (0, 0, 0, 0);
        foreach (var tx in pool.Waiting().Where(static tx => tx.HasBody && !tx.IsLeft))
        {
            var tip = tx.Fees.MaxFee < baseFee ? UInt256.Zero : tx.Fees.MaxFee - baseFee < tx.Fees.MaxPriorityFee ? tx.Fees.MaxFee - baseFee : tx.Fees.MaxPriorityFee;
            long heardAt = EvidenceCollector.HeardAt(tx);
            if (tx.Fees.MaxFee < baseFee)
            {
                underpriced++;
            }
            else if (tip < floor)
            {
                belowMargin++;
            }
            else if (tx.State == TxState.Pending && (heardAt == 0 || heardAt > Slot))
            {
                afterSlot++;
            }
            else if (tx.State == TxState.Pending && tx.GasLimit.Value > gasLimit)
            {
                noRoom++;
            }
            else if (tx.State == TxState.Pending)
            {
                fitting.Add((tip, tx));
            }
        }

        List<Hash256> found = [];
        ulong gas = 0;
        foreach (var (_, tx) in fitting.OrderByDescending(static one => one.Tip).ThenBy(static one => one.Tx.Account!.Address).ThenBy(static one => one.Tx.Nonce).ThenBy(static one => one.Tx.Hash))
        {
            if (found.Count == AbsentCandidates.Limit || gas >= gasLimit)
            {
                break;
            }

            gas += tx.GasLimit.Value;
            found.Add(tx.Hash);
        }

        return (found, new AuditCounts(
            underpriced, belowMargin, noRoom, pool.Txs.CountOf(TxState.Queued), afterSlot, pool.Txs.CountOf(TxState.Seen), pool.Txs.CountOf(TxState.Left), fitting.Count - found.Count));
    }

    /// <summary>A table of transactions of all kinds: queued, without a body, left, returned, announced late or never, and gone.</summary>
    private sealed class Pool
    {
        private readonly AccountTable _accounts;
        private int _count;

        public Pool()
        {
            var ledger = new EntryLedger(PoolTags.Range);
            Txs = new TxTable(ledger, new FactChanges(), PoolBounds.Default);
            _accounts = new AccountTable(ledger, PoolBounds.Default);
        }

        public TxTable Txs { get; }

        public List<TxEntry> Waiting()
        {
            List<TxEntry> all = [];
            for (var waiting = Txs.Waiting(); waiting.MoveNext();)
            {
                all.Add(waiting.Current);
            }

            return all;
        }

        public void Add(UInt256 maxFee, UInt256 tip, ulong gas, int kind)
        {
            var tx = Txs.Admit(Named.Tx($"t{_count++}"), new UnixNanoseconds(1));
            Txs.BeginWait(tx, since: 0);
            if (kind < 5)
            {
                return; // only its hash is known
            }

            Txs.SetBody(tx, new TxBody(TxType.DynamicFee, new Nonce(0), new TxFees(maxFee, tip, 0), new Gas(gas), BlobCount: 0, AuthorizationCount: 0));
            tx.Account = _accounts.TouchAccount(Named.Account($"a{_count % 3_001}"));
            tx.Account.Slots.Put(tx);
            tx.Account.ReadyEnd = kind < 15 ? 0UL : 1; // nonce 0 is queued, or pending
            if (kind >= 20)
            {
                tx.Spread.Sightings = 1;
                tx.Spread.Lanes.TryAdd(1, kind < 30 ? 5_000U : 5U); // microseconds: after the slot, or before it
            }

            if (kind is >= 30 and < 50)
            {
                tx.Leavings = new TxLeavings();
                tx.Leavings.Add(new SourceId(1));
                Txs.SetLeft(tx, isLeft: true);
                if (kind >= 40)
                {
                    Txs.SetLeft(tx, isLeft: false);
                }
            }

            if (kind >= 90)
            {
                Txs.Unlist(tx);
            }
        }
    }
}
