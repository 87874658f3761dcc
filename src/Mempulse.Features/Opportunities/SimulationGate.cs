using Mempulse.Features.Book;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Opportunities;

/// <summary>Tells which gains can be simulated, so that no other takes a place among those that are handed on.</summary>
/// <remarks>Keep in sync with <c>GainBundle</c>, which writes the calls.</remarks>
internal static class SimulationGate
{
    /// <summary>What stands in the way of a simulation.</summary>
    /// <param name="detected">The gain.</param>
    /// <param name="isBeyond">True if more transactions run before the trigger than a simulation takes.</param>
    /// <param name="ether">The chain's wrapped ether; null if the registry does not name it.</param>
    /// <param name="book">The pools.</param>
    public static OppObstacle ObstacleOf(LogEvent.OppDetected detected, bool isBeyond, Address? ether, IPoolBook book) =>
        detected.Token != ether ? OppObstacle.OtherToken
        : !detected.Legs.All(leg => IsCallable(leg, book)) ? OppObstacle.OtherPool
        : isBeyond ? OppObstacle.TooManyBefore
        : OppObstacle.None;

    /// <summary>The executor calls pairs and pools of ticks that are contracts of their own.</summary>
    private static bool IsCallable(OppLeg leg, IPoolBook book) => leg.PoolId.IsZero && book.TryGet(PoolUse.KeyOf(leg), out var pool) && pool.State is ConstantProductPool or TickPool;
}
