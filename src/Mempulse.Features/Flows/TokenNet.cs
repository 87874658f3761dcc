using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>What a party had more or less of a token in the end.</summary>
/// <param name="Token">The token; the zero account for ether and its wrapped token.</param>
/// <param name="Amount">Negative if it gave more than it received. Fees for gas are not in it.</param>
public readonly record struct TokenNet(Address Token, BigInteger Amount);
