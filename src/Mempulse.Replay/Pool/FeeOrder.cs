using System.Runtime.InteropServices;
using Mempulse.Primitives;

namespace Mempulse.Replay.Pool;

/// <summary>The waiting transactions that have a body and have not left every source, by fee cap: finds those that can pay for a place in a block without reading the others.</summary>
/// <remarks>
/// Derived from the transactions, and rebuilt after a restore; it is not digested. The bids are in chunks of bounded size, so that adding, removing and
/// counting read a few hundred bids of any pool, and a walk reads memory in order. Fees above 64 bits are ordered as the highest 64-bit number: compare those exactly.
/// </remarks>
internal sealed class FeeOrder
{
    /// <summary>Maximum number of bids in a chunk.</summary>
    internal const int ChunkSize = 256;

    private readonly List<List<Bid>> _chunks = []; // in ascending order; none is empty

    /// <summary>Number of bids.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a transaction that is in the waiting list.</summary>
    public void Add(TxEntry tx)
    {
        var bid = new Bid(tx);
        Count++;
        if (_chunks.Count == 0)
        {
            _chunks.Add(new List<Bid>(ChunkSize) { bid });
            return;
        }

        int at = Math.Max(ChunkAfter(bid) - 1, 0);
        var chunk = _chunks[at];
        if (chunk.Count == ChunkSize)
        {
            chunk = Split(at, bid);
        }

        chunk.Insert(~chunk.BinarySearch(bid), bid);
    }

    /// <summary>Removes a transaction that is still in the waiting list.</summary>
    /// <exception cref="InvariantBrokenException">It was not added.</exception>
    public void Remove(TxEntry tx)
    {
        var bid = new Bid(tx);
        int at = ChunkAfter(bid) - 1;
        int index = at < 0 ? -1 : _chunks[at].BinarySearch(bid);
        Invariant.That(index >= 0, "INV-168", "the fee order has every waiting transaction with a body that has not left, in ascending order of fee cap");
        _chunks[at].RemoveAt(index);
        Count--;
        if (_chunks[at].Count == 0)
        {
            _chunks.RemoveAt(at);
        }
    }

    /// <summary>Number of bids with a fee cap below this one.</summary>
    public int CountBelow(in UInt256 maxFee)
    {
        ulong key = KeyOf(maxFee);
        int count = 0;
        foreach (var chunk in CollectionsMarshal.AsSpan(_chunks))
        {
            var bids = CollectionsMarshal.AsSpan(chunk);
            if (bids[^1].MaxFee < key)
            {
                count += bids.Length;
                continue;
            }

            count += IndexOfFirstFrom(bids, key);
            break;
        }

        return key == ulong.MaxValue ? count + CountLargeBelow(maxFee) : count;
    }

    /// <summary>Adds the transactions whose fee cap and tip cap are at least these. Some of those with fees above 64 bits may have less.</summary>
    public void FindPaying(in UInt256 maxFee, in UInt256 maxTip, List<TxEntry> into)
    {
        var (fee, tip) = (KeyOf(maxFee), KeyOf(maxTip));
        for (int at = _chunks.Count - 1; at >= 0; at--)
        {
            var bids = CollectionsMarshal.AsSpan(_chunks[at]);
            for (int i = bids.Length - 1; i >= 0; i--)
            {
                if (bids[i].MaxFee < fee)
                {
                    return;
                }

                if (bids[i].MaxTip >= tip)
                {
                    into.Add(bids[i].Tx);
                }
            }
        }
    }

    /// <summary>Checks that it holds these transactions.</summary>
    /// <exception cref="InvariantBrokenException">It does not.</exception>
    public void AssertHolds(IEnumerable<TxEntry> bidding)
    {
        var held = _chunks.SelectMany(static chunk => chunk).ToList();
        Invariant.That(
            held.Count == Count && held.SequenceEqual(bidding.Select(static tx => new Bid(tx)).Order()),
            "INV-168",
            "the fee order has every waiting transaction with a body that has not left, in ascending order of fee cap");
    }

    /// <summary>Moves the upper half of a full chunk into one of its own.</summary>
    /// <returns>The half to which a bid belongs.</returns>
    private List<Bid> Split(int at, in Bid bid)
    {
        const int half = ChunkSize / 2;
        var low = _chunks[at];
        var high = new List<Bid>(ChunkSize);
        high.AddRange(CollectionsMarshal.AsSpan(low)[half..]);
        low.RemoveRange(half, ChunkSize - half);
        _chunks.Insert(at + 1, high);
        return bid.CompareTo(high[0]) < 0 ? low : high;
    }

    private int CountLargeBelow(in UInt256 maxFee)
    {
        int count = 0;
        for (int at = _chunks.Count - 1; at >= 0; at--)
        {
            var bids = CollectionsMarshal.AsSpan(_chunks[at]);
            for (int i = bids.Length - 1; i >= 0; i--)
            {
                if (bids[i].MaxFee < ulong.MaxValue)
                {
                    return count;
                }

                count += bids[i].Tx.Fees.MaxFee < maxFee ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>The index of the first chunk that begins after a bid.</summary>
    private int ChunkAfter(in Bid bid)
    {
        var (low, high) = (0, _chunks.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _chunks[middle][0].CompareTo(bid) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int IndexOfFirstFrom(ReadOnlySpan<Bid> bids, ulong maxFee)
    {
        var (low, high) = (0, bids.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = bids[middle].MaxFee < maxFee ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ulong KeyOf(in UInt256 fee) => fee.BitLength > 64 ? ulong.MaxValue : fee.LowUInt64;

    /// <summary>What a transaction offers per gas, and its place in the waiting list, which is unique. Its order is by fee cap, then by that place.</summary>
    private readonly record struct Bid(ulong MaxFee, ulong MaxTip, ulong Ordinal, TxEntry Tx) : IComparable<Bid>
    {
        public Bid(TxEntry tx)
            : this(KeyOf(tx.Fees.MaxFee), KeyOf(tx.Fees.MaxPriorityFee), tx.ListOrdinal, tx)
        {
        }

        public int CompareTo(Bid other) => MaxFee != other.MaxFee ? MaxFee.CompareTo(other.MaxFee) : Ordinal.CompareTo(other.Ordinal);
    }
}
