using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Compound;

/// <summary>Collateral that a market of Compound V3 sells.</summary>
/// <param name="Paid">Base tokens that are paid.</param>
/// <param name="Bought">Collateral that is received.</param>
/// <param name="Gain">What the collateral is worth more than what is paid, at the market's own prices, in base tokens.</param>
public readonly record struct CometPurchase(UInt256 Paid, UInt256 Bought, UInt256 Gain);
