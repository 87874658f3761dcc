using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>What became of transactions that left the pool lately: a bounded memory. Safe for any thread.</summary>
internal sealed class RecentEnds
{
    private const int MaxEnds = 4_096;

    private readonly Lock _sync = new();
    private readonly Dictionary<Hash256, TxState> _states = [];
    private readonly Queue<Hash256> _order = new();
    private GlobalSeq _since;

    /// <summary>The position up to which ends are known.</summary>
    public GlobalSeq Since
    {
        get
        {
            lock (_sync)
            {
                return _since;
            }
        }
    }

    /// <summary>Adds what ended.</summary>
    public void Add(TxListChanges changes)
    {
        lock (_sync)
        {
            _since = changes.Counts.AsOf;
            foreach (var end in changes.Ended)
            {
                if (_states.TryAdd(end.Hash, end.State))
                {
                    _order.Enqueue(end.Hash);
                }

                _states[end.Hash] = end.State;
            }

            while (_order.Count > MaxEnds)
            {
                _states.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>The state of a transaction; unknown if it did not end lately.</summary>
    public TxState Find(Hash256 hash)
    {
        lock (_sync)
        {
            return _states.GetValueOrDefault(hash);
        }
    }
}
