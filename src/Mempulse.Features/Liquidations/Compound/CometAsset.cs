using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Compound;

/// <summary>A collateral of a market of Compound V3.</summary>
/// <param name="Price">Its price, in parts of 10^8.</param>
/// <param name="Scale">Smallest units of one token.</param>
/// <param name="LiquidateCollateralFactor">The share of its value that counts before an account is liquidated, in parts of 10^18.</param>
/// <param name="LiquidationFactor">The share of its value that an absorbed account is credited, in parts of 10^18.</param>
public readonly record struct CometAsset(UInt256 Price, UInt256 Scale, UInt256 LiquidateCollateralFactor, UInt256 LiquidationFactor);
