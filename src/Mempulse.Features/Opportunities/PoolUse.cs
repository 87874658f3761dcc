using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Opportunities;

/// <summary>Which triggers use which pools. Follows from the triggers and their opportunities, so it is not saved.</summary>
internal sealed class PoolUse
{
    private readonly LookupTable<PoolKey, PoolUsers> _pools = new();

    /// <summary>The triggers that use a pool; their order says nothing.</summary>
    public IEnumerable<Hash256> TriggersOf(in PoolKey pool) => _pools.TryGet(pool, out var users) ? users.Triggers : [];

    public void Add(TriggerEntry trigger)
    {
        foreach (var pool in trigger.Pools)
        {
            Add(pool, trigger.Key);
        }
    }

    public void Remove(TriggerEntry trigger)
    {
        foreach (var pool in trigger.Pools)
        {
            Remove(pool, trigger.Key);
        }
    }

    public void Add(OppEntry opp)
    {
        foreach (var leg in opp.Detected.Legs)
        {
            Add(KeyOf(leg), opp.Detected.Trigger);
        }
    }

    public void Remove(OppEntry opp)
    {
        foreach (var leg in opp.Detected.Legs)
        {
            Remove(KeyOf(leg), opp.Detected.Trigger);
        }
    }

    public static PoolKey KeyOf(OppLeg leg) => new(leg.Pool, leg.PoolId);

    private void Add(in PoolKey pool, in Hash256 tx)
    {
        if (!_pools.TryGet(pool, out var users))
        {
            users = new PoolUsers(pool);
            _pools.Add(users);
        }

        users.Add(tx);
    }

    private void Remove(in PoolKey pool, in Hash256 tx)
    {
        if (_pools.TryGet(pool, out var users))
        {
            users.Remove(tx);
            if (users.IsEmpty)
            {
                _pools.Remove(pool);
            }
        }
    }
}
