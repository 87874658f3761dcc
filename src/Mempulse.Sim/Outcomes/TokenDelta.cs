using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>The amount of a token that an account gained or lost according to the token's Transfer events (EIP-20).</summary>
/// <param name="Token">The token contract.</param>
/// <param name="Amount">Amount in the token's smallest unit; negative for a loss.</param>
public readonly record struct TokenDelta(Address Token, BigInteger Amount);
