namespace Mempulse.Features.Registry;

/// <summary>A fee at which a factory makes pools.</summary>
/// <param name="Fee">What is taken of the input, in parts of <paramref name="Of"/>.</param>
/// <param name="Of">The whole, as the contract writes it; more than the fee.</param>
/// <param name="Spacing">The distance of ticks that may be initialized; 0 for a pool without ticks.</param>
public readonly record struct PoolTier(uint Fee, uint Of, int Spacing);
