using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Audits;

/// <summary>Chooses, of the transactions that wait after a block, those that it could have had: executable, announced in time, with the highest tips.</summary>
/// <remarks>It reads those that pay at least the floor, and counts the others by <see cref="FeeOrder"/>.</remarks>
internal sealed class AbsentCandidates
{
    /// <summary>Number of candidates that an audit keeps.</summary>
    public const int Limit = 1_024;

    /// <summary>Number at which the list is cut to <see cref="Limit"/>, so that a walk over any pool needs little memory.</summary>
    private const int CutAt = 2 * Limit;

    private readonly List<TxEntry> _paying = [];
    private readonly List<Candidate> _found = [];
    private UInt256 _least;
    private long _slot;
    private ulong _gasLimit;
    private int _underpriced;
    private int _belowMargin;
    private int _afterSlot;
    private int _noRoom;
    private int _cut;

    /// <summary>Looks at what waits after a block.</summary>
    /// <param name="waiting">The waiting transactions.</param>
    /// <param name="baseFee">The block's base fee.</param>
    /// <param name="gasLimit">Gas that it could use.</param>
    /// <param name="slot">When its slot began.</param>
    /// <param name="floor">The least tip of its public transactions; null if it has none.</param>
    public void Look(FeeOrder waiting, UInt256 baseFee, ulong gasLimit, long slot, UInt256? floor)
    {
        var least = floor ?? UInt256.Zero;
        (_gasLimit, _slot, _least) = (gasLimit, slot, least);
        (_afterSlot, _noRoom, _cut) = (0, 0, 0);
        _found.Clear();
        waiting.FindPaying(baseFee + least, least, _paying); // no overflow: a fee cap of the block covers both
        int paying = 0;
        foreach (var tx in _paying)
        {
            var fees = tx.Fees;
            var tip = AuditFees.TipOf(fees, baseFee);
            if (!AuditFees.Covers(fees, baseFee) || tip < least)
            {
                continue;
            }

            paying++;
            if (tx.State == TxState.Pending)
            {
                Add(tx, tip);
            }
        }

        _paying.Clear();
        _underpriced = waiting.CountBelow(baseFee);
        _belowMargin = waiting.Count - _underpriced - paying;
    }

    /// <summary>The candidates, by tip.</summary>
    public List<Candidate> Take()
    {
        Cut();
        return _found;
    }

    /// <summary>The waiting transactions that are no candidates.</summary>
    public AuditCounts NotExpected(TxTable txs) => new(
        _underpriced, _belowMargin, _noRoom, txs.CountOf(TxState.Queued), _afterSlot, txs.CountOf(TxState.Seen), txs.CountOf(TxState.Left), _cut);

    private void Add(TxEntry tx, in UInt256 tip)
    {
        long heardAt = EvidenceCollector.HeardAt(tx);
        if (heardAt == 0 || heardAt > _slot)
        {
            _afterSlot++;
            return;
        }

        if (tx.GasLimit.Value > _gasLimit)
        {
            _noRoom++;
            return;
        }

        if (tip < _least)
        {
            _cut++; // enough others pay more
            return;
        }

        _found.Add(new Candidate(tx, tip));
        if (_found.Count == CutAt)
        {
            Cut();
        }
    }

    private void Cut()
    {
        _found.Sort();
        ulong gas = 0;
        int kept = 0;
        while (kept < _found.Count && kept < Limit && gas < _gasLimit)
        {
            gas += _found[kept++].Tx.GasLimit.Value;
        }

        if (kept > 0 && kept < _found.Count)
        {
            _least = _found[kept - 1].Tip;
        }

        _cut += _found.Count - kept;
        _found.RemoveRange(kept, _found.Count - kept);
    }

    /// <summary>A transaction and its tip per gas; ordered by tip, then by sender, nonce and hash.</summary>
    public readonly record struct Candidate(TxEntry Tx, UInt256 Tip) : IComparable<Candidate>
    {
        /// <inheritdoc/>
        public int CompareTo(Candidate other) =>
            Tip != other.Tip ? other.Tip.CompareTo(Tip)
            : Tx.Account != other.Tx.Account ? Tx.Account!.Address.CompareTo(other.Tx.Account!.Address)
            : Tx.Nonce != other.Tx.Nonce ? Tx.Nonce.CompareTo(other.Tx.Nonce)
            : Tx.Hash.CompareTo(other.Tx.Hash);
    }
}
