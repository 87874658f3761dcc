using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>The terms of an efficiency mode of Aave V3, as the pool stores them since revision 7.</summary>
/// <param name="Threshold">The share of a collateral's value that covers debts, in basis points.</param>
/// <param name="Bonus">What a liquidator receives for what it repays, in basis points above 10,000.</param>
/// <param name="Collateral">The reserves for which these terms stand, by bits.</param>
public readonly record struct AaveCategory(UInt256 Threshold, UInt256 Bonus, UInt128 Collateral)
{
    /// <summary>The terms of an account without an efficiency mode.</summary>
    public static AaveCategory None => default;

    /// <summary>True if these terms stand for a reserve as collateral.</summary>
    public bool Covers(int reserve) => reserve is >= 0 and < 128 && ((Collateral >> reserve) & UInt128.One) == UInt128.One;
}
