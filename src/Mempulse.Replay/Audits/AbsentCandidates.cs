using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Audits;

/// <summary>Chooses, of the transactions that wait after a block, those that it could have had: executable, announced in time, with the highest tips.</summary>
internal sealed class AbsentCandidates
{
    /// <summary>Number of candidates that an audit keeps.</summary>
    public const int Limit = 1_024;

    /// <summary>Number at which the list is cut to <see cref="Limit"/>, so that a walk over any pool needs little memory.</summary>
    private const int CutAt = 8 * Limit;

    private readonly List<Candidate> _found = [];
    private UInt256 _baseFee;
    private UInt256 _floor;
    private long _slot;
    private ulong _gasLimit;
    private int _underpriced;
    private int _belowMargin;
    private int _afterSlot;
    private int _noRoom;
    private int _cut;

    /// <summary>Starts for another block.</summary>
    /// <param name="baseFee">Its base fee.</param>
    /// <param name="gasLimit">Gas that it could use.</param>
    /// <param name="slot">When its slot began.</param>
    /// <param name="floor">The least tip of its public transactions; null if it has none.</param>
    public void Begin(UInt256 baseFee, ulong gasLimit, long slot, UInt256? floor)
    {
        _found.Clear();
        (_baseFee, _gasLimit, _slot, _floor) = (baseFee, gasLimit, slot, floor ?? UInt256.Zero);
        (_underpriced, _belowMargin, _afterSlot, _noRoom, _cut) = (0, 0, 0, 0, 0);
    }

    /// <summary>Looks at a waiting transaction.</summary>
    public void Offer(TxEntry tx)
    {
        if (!tx.HasBody || tx.IsLeft)
        {
            return; // counted by state
        }

        var fees = tx.Fees;
        if (!AuditFees.Covers(fees, _baseFee))
        {
            _underpriced++;
            return;
        }

        var tip = AuditFees.TipOf(fees, _baseFee);
        if (tip < _floor)
        {
            _belowMargin++;
        }
        else if (tx.State == TxState.Pending)
        {
            Add(tx, tip);
        }
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
