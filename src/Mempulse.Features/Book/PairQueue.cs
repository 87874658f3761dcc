using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>The pairs of one standing in the order of arrival, and how many of them each sender asked for.</summary>
/// <remarks>Arriving and leaving change an entry's ordinal: report the change to the ledger first.</remarks>
internal sealed class PairQueue
{
    private readonly ArrivalList<PairEntry> _pairs = new();
    private readonly LookupTable<Address, SenderPairs> _senders = new();
    private readonly SortedSet<(int Pairs, ulong Age, Address Sender)> _shares = []; // the largest ends it; of equal ones, the one whose oldest pair arrived first
    private ulong _plan;

    /// <summary>Number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>Number of their pools.</summary>
    public int PoolCount { get; private set; }

    /// <summary>The ordinal of the last arrival.</summary>
    public ulong LastOrdinal => _pairs.LastOrdinal;

    /// <summary>The pair that arrived first.</summary>
    public PairEntry? Oldest => _pairs.Oldest;

    /// <summary>The pair that arrived first among those of the sender with the most, so that requests displace those of the same sender before others.</summary>
    public PairEntry? OldestOfTheLargest => _shares.Count > 0 && _senders.TryGet(_shares.Max.Sender, out var sender) ? sender.Oldest : null;

    /// <summary>How many pairs the sender with the most has.</summary>
    public int LargestShare => _shares.Count > 0 ? _shares.Max.Pairs : 0;

    /// <summary>How many pairs a sender has.</summary>
    public int ShareOf(in Address sender) => _senders.TryGet(sender, out var pairs) ? pairs.Count : 0;

    public void Append(PairEntry pair)
    {
        _pairs.Append(pair);
        Take(pair);
    }

    /// <summary>Makes a pair the one that arrived last. Its owner stays.</summary>
    public void MoveToEnd(PairEntry pair)
    {
        if (!_senders.TryGet(pair.Owner.Sender, out var sender))
        {
            return;
        }

        bool isOldest = sender.Oldest == pair; // only the oldest pair is part of a share
        if (isOldest)
        {
            _shares.Remove(ShareOf(sender));
        }

        _pairs.Remove(pair);
        sender.Remove(pair);
        _pairs.Append(pair);
        sender.Append(pair);
        if (isOldest)
        {
            _shares.Add(ShareOf(sender));
        }
    }

    public void Remove(PairEntry pair)
    {
        PoolCount -= pair.Pools.Count;
        if (_senders.TryGet(pair.Owner.Sender, out var sender))
        {
            _shares.Remove(ShareOf(sender));
            sender.Remove(pair);
            if (sender.Count > 0)
            {
                _shares.Add(ShareOf(sender));
            }
            else
            {
                _senders.Remove(sender.Key);
            }
        }

        _pairs.Remove(pair);
    }

    /// <summary>Pools came to a pair of the queue, or left it.</summary>
    public void Resize(int change) => PoolCount += change;

    /// <summary>The pairs, those that arrived first before the others.</summary>
    public List<PairEntry> ToList(int most = int.MaxValue)
    {
        var pairs = new List<PairEntry>(int.Min(_pairs.Count, most));
        foreach (var pair in _pairs)
        {
            if (pairs.Count == most)
            {
                break;
            }

            pairs.Add(pair);
        }

        return pairs;
    }

    /// <summary>Begins a plan, in which each sender has a turn.</summary>
    public void BeginPlan() => _plan++;

    /// <summary>True once in a plan for each sender.</summary>
    public bool TryTakeTurn(PairEntry pair)
    {
        if (!_senders.TryGet(pair.Owner.Sender, out var sender) || sender.PlannedIn == _plan)
        {
            return false;
        }

        sender.PlannedIn = _plan;
        return true;
    }

    public void Restore(IReadOnlyList<PairEntry> pairs, ulong lastOrdinal)
    {
        _pairs.Restore(pairs, lastOrdinal);
        foreach (var pair in _pairs)
        {
            Take(pair);
        }
    }

    private static (int Pairs, ulong Age, Address Sender) ShareOf(SenderPairs sender) => (sender.Count, ulong.MaxValue - sender.Oldest.ListOrdinal, sender.Key);

    private void Take(PairEntry pair)
    {
        PoolCount += pair.Pools.Count;
        if (_senders.TryGet(pair.Owner.Sender, out var sender))
        {
            _shares.Remove(ShareOf(sender));
        }
        else
        {
            sender = new SenderPairs(pair.Owner.Sender);
            _senders.Add(sender);
        }

        sender.Append(pair);
        _shares.Add(ShareOf(sender));
    }
}
