using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The change of an account's balance of a token.</summary>
/// <param name="Token">The token's contract.</param>
/// <param name="Amount">In the token's smallest unit, decimal, negative for a loss. A string, because sums of Transfer events can exceed 256 bits.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sim-token-delta")]
public sealed record SimTokenDelta([property: Id(0)] Address Token, [property: Id(1)] string Amount);
