using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Where pools of a chain can be.</summary>
/// <param name="Factories">The factories, in the order of the registry.</param>
/// <param name="Hubs">Tokens that many others are traded for, through which a cycle of three pools is looked for.</param>
public sealed record PoolUniverse(IReadOnlyList<PoolFactory> Factories, IReadOnlyList<Address> Hubs)
{
    /// <summary>A chain whose pools the registry does not name.</summary>
    public static PoolUniverse Empty { get; } = new([], []);
}
