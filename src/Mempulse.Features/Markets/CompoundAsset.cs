using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>A collateral of a market of Compound V3, as the market's code states it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Scale">Smallest units of one token.</param>
/// <param name="LiquidateCollateralFactor">The share of its value that counts before an account is liquidated, in parts of 10^18.</param>
/// <param name="LiquidationFactor">The share of its value that an absorbed account is credited, in parts of 10^18.</param>
/// <param name="Balance">The market's balance of the token.</param>
public sealed record CompoundAsset(Address Token, UInt256 Scale, UInt256 LiquidateCollateralFactor, UInt256 LiquidationFactor, UInt256 Balance);
