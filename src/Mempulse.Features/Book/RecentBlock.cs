using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A block whose events were applied, with the contracts that emitted one of a pool.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Contracts">The contracts, in ascending order.</param>
internal sealed record RecentBlock(BlockNumber Number, Address[] Contracts)
{
    public bool Touches(in Address contract) => Array.BinarySearch(Contracts, contract) >= 0;
}
