using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>What an account has in one reserve of Aave V3.</summary>
/// <param name="Reserve">The reserve's place in the pool's list.</param>
/// <param name="Use">What the account uses the reserve for.</param>
/// <param name="ScaledSupply">What it supplied, divided by the index of that time.</param>
/// <param name="ScaledDebt">What it owes, divided by the index of that time.</param>
public readonly record struct AaveHolding(int Reserve, AaveUses Use, UInt256 ScaledSupply, UInt256 ScaledDebt);
