using Mempulse.Primitives;
using Mempulse.Primitives.Audits;

namespace Mempulse.Replay.Audits;

/// <summary>The gas that a block had for an absent transaction: what was left, and what public transactions with lower tips used.</summary>
/// <remarks>
/// A builder that fills a block by tip takes the absent one instead of those. Where the gas used is not on record yet, the least that a transaction uses
/// stands for it, so that less room is claimed and not more.
/// </remarks>
internal sealed class BlockRoom
{
    /// <summary>EIP-2718 and the Yellow Paper: the intrinsic gas of a transaction is at least this.</summary>
    private const ulong LeastGas = 21_000;

    /// <summary>Public transactions that a block must have to say which tip suffices.</summary>
    private const int LeastPublic = 5;

    /// <summary>The lowest tenth of the public tips is not relied on: a builder's own, or bundled with others.</summary>
    private const int LeftOutShare = 10;

    private readonly BlockEvidence _block;
    private readonly UInt256[] _tips;
    private readonly ulong[] _gasBelow;
    private readonly ulong _gasLeft;

    /// <summary>Measures a block.</summary>
    public BlockRoom(BlockEvidence block)
    {
        _block = block;
        var paying = block.Included.Where(tx => tx.HasBody && tx.HeardAt != 0 && tx.HeardAt <= block.SlotAt).ToList();
        paying.Sort(static (one, other) => one.Tip != other.Tip ? one.Tip.CompareTo(other.Tip) : one.Index.CompareTo(other.Index));
        _tips = [.. paying.Select(static tx => tx.Tip)];
        _gasBelow = new ulong[paying.Count + 1];
        for (int i = 0; i < paying.Count; i++)
        {
            _gasBelow[i + 1] = _gasBelow[i] + Math.Max(paying[i].GasUsed, LeastGas);
        }

        _gasLeft = block.GasLimit - Math.Min(block.GasUsed, block.GasLimit);
    }

    /// <summary>The least tip that suffices; null if the block has too few public transactions.</summary>
    public UInt256? MarginalTip => _tips.Length < LeastPublic ? null : _tips[_tips.Length / LeftOutShare];

    /// <summary>The absent transactions that fit, the best first; one behind an absent nonce fits only after that one.</summary>
    /// <param name="notExpected">What waits besides them.</param>
    public List<TxEvidence> TakeExpected(out AuditCounts notExpected)
    {
        var expected = new List<TxEvidence>();
        var taken = new SortedSet<(Address Sender, ulong Nonce)>();
        var (gas, noRoom, notExecutable) = (0UL, 0, 0);
        foreach (var tx in InNonceOrder())
        {
            ulong room = _gasLeft + _gasBelow[CountBelow(tx.Tip)];
            if ((tx.Reasons & AuditReasons.AfterAbsent) != 0 && !taken.Contains((tx.Sender, tx.Nonce - 1)))
            {
                notExecutable++;
            }
            else if (tx.GasLimit > room - Math.Min(gas, room))
            {
                noRoom++;
            }
            else
            {
                gas += tx.GasLimit;
                taken.Add((tx.Sender, tx.Nonce));
                expected.Add(tx);
            }
        }

        var waits = _block.NotExpected;
        notExpected = waits with { NoRoom = waits.NoRoom + noRoom, NotExecutable = waits.NotExecutable + notExecutable };
        return expected;
    }

    /// <summary>The candidates by tip, but each right after the lower nonces of its sender that are candidates with lower tips.</summary>
    private List<TxEvidence> InNonceOrder()
    {
        var bySender = new SortedDictionary<(Address Sender, ulong Nonce), TxEvidence>();
        foreach (var tx in _block.Absent)
        {
            bySender[(tx.Sender, tx.Nonce)] = tx;
        }

        var order = new List<(UInt256 Tip, TxEvidence Tx)>(_block.Absent.Count);
        (Address Sender, ulong Nonce, UInt256 Tip) last = default;
        foreach (var (key, tx) in bySender)
        {
            bool isNext = last.Sender == key.Sender && last.Nonce + 1 == key.Nonce && order.Count > 0;
            var tip = isNext && last.Tip < tx.Tip ? last.Tip : tx.Tip;
            order.Add((tip, tx));
            last = (key.Sender, key.Nonce, tip);
        }

        order.Sort(static (one, other) =>
            one.Tip != other.Tip ? other.Tip.CompareTo(one.Tip)
            : one.Tx.Sender != other.Tx.Sender ? one.Tx.Sender.CompareTo(other.Tx.Sender)
            : one.Tx.Nonce.CompareTo(other.Tx.Nonce));
        return order.ConvertAll(static place => place.Tx);
    }

    /// <summary>Number of public transactions with a lower tip.</summary>
    private int CountBelow(in UInt256 tip)
    {
        int low = 0;
        int high = _tips.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _tips[middle] < tip ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
