using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>What the registry says that the book needs.</summary>
/// <param name="Version">The version of the registry.</param>
/// <param name="Universe">Where pools can be.</param>
/// <param name="WrappedEther">The wrapped ether of the chain; null if the registry does not name it.</param>
internal sealed record BookRules(Hash256 Version, PoolUniverse Universe, Address? WrappedEther)
{
    /// <summary>True for tokens that are never judged by their events: wrapped ether and the hubs.</summary>
    public bool IsVouchedFor(in Address token) => token == WrappedEther || Universe.Hubs.Contains(token);
}
