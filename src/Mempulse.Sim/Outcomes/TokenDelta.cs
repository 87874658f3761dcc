using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>What an account gained or lost of a token, as the token's Transfer events tell (EIP-20).</summary>
/// <param name="Token">The token's contract.</param>
/// <param name="Amount">In the token's smallest unit; below zero for a loss.</param>
public readonly record struct TokenDelta(Address Token, BigInteger Amount);
