using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>A block whose events were applied, with the contracts that emitted one of a pool.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Contracts">The contracts, in ascending order.</param>
internal sealed record RecentBlock(BlockNumber Number, IReadOnlyList<Address> Contracts)
{
    public bool Touches(in Address contract)
    {
        int low = 0;
        int high = Contracts.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = Contracts[middle].CompareTo(contract);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}
