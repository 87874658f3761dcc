using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>What an account gained or lost of a token.</summary>
/// <param name="Token">The token's contract.</param>
/// <param name="Amount">In the token's smallest unit, decimal, with a minus sign for a loss: sums of Transfer events have no bound of 256 bits.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-token-delta")]
public sealed record SimTokenDelta([property: Id(0)] Address Token, [property: Id(1)] string Amount);
