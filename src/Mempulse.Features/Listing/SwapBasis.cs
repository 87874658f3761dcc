using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Features.Listing;

/// <summary>What the risks of swaps are read from.</summary>
/// <param name="Head">The canonical head; the zero hash for none.</param>
/// <param name="BookHead">The block whose state the pools have; the zero hash for none.</param>
/// <param name="Pools">Number of pools that can be quoted.</param>
internal readonly record struct SwapBasis(Hash256 Head, Hash256 BookHead, int Pools)
{
    public static SwapBasis Of(ReplayEngine engine)
    {
        var book = engine.FindView<IPoolBook>();
        return new SwapBasis(engine.Pool.Head?.Hash ?? default, book?.Head?.Hash ?? default, book?.Count ?? 0);
    }
}
