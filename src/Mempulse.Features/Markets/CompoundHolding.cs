using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>Collateral of an account of Compound V3.</summary>
/// <param name="Asset">The place of the collateral in the market.</param>
/// <param name="Balance">How much of it.</param>
public readonly record struct CompoundHolding(int Asset, UInt256 Balance);
