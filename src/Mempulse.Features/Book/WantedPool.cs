using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A pool that is to be read.</summary>
/// <param name="Key">The pool.</param>
/// <param name="Form">How it keeps its state.</param>
/// <param name="Spacing">The distance of ticks that may be initialized; 0 for a pool without ticks.</param>
public readonly record struct WantedPool(PoolKey Key, PoolForm Form, int Spacing)
{
    /// <summary>The slots that are still to be read, as far as the known ones tell; none once its state is complete.</summary>
    public IReadOnlyList<UInt256> MissingSlots(SlotValues known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return SlotsOf(Form, Spacing).Missing(known);
    }

    internal static IPoolSlots SlotsOf(PoolForm form, int spacing) => form == PoolForm.Pair ? new PairSlots() : new TickSlots(spacing);
}
