using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>Where the contracts of one form keep a pool's state.</summary>
internal interface IPoolSlots
{
    /// <summary>The slots that are still to be read, as far as the known ones tell; none once the state is complete.</summary>
    IReadOnlyList<UInt256> Missing(SlotValues known);

    /// <summary>The state that complete slots say.</summary>
    /// <returns>Null if the pool does not exist at the block, or the slots are not those of such a pool.</returns>
    PoolState? Read(SlotValues known);
}
