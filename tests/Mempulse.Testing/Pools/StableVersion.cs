using Mempulse.Features.Pools.Curve;

namespace Mempulse.Testing.Pools;

/// <summary>A deployed version of Curve's stable pools.</summary>
/// <param name="Name">Name of its code.</param>
/// <param name="Rules">Our rules for it.</param>
/// <param name="Decimals">Decimals of its tokens.</param>
/// <param name="Index">Type of the indexes of its getters.</param>
/// <param name="MostProtocolFee">The largest share of the fee that leaves the pool.</param>
internal sealed record StableVersion(string Name, StableRules Rules, int[] Decimals, string Index, ulong MostProtocolFee)
{
    /// <summary>True if the fee depends on the balances.</summary>
    public bool HasOffPegFee => Name == "curve-aave";

    /// <summary>True if the pool's balances are what its tokens say.</summary>
    public bool AsksTokens => Name == "curve-aave";

    /// <summary>True if half of the fee always leaves the pool.</summary>
    public bool IsHalfProtocol => Name == "curve-crvusd-plain";
}
