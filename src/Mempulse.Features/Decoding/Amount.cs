using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>An amount of a token, as far as calldata states it. <c>default</c> is an amount that is not stated.</summary>
/// <param name="Meaning">What is known.</param>
/// <param name="Value">The number, in the token's smallest unit; in basis points if <see cref="Sentinel"/> says so.</param>
/// <param name="Sentinel">What the number stands for if it is not an amount.</param>
public readonly record struct Amount(AmountMeaning Meaning, UInt256 Value, AmountSentinels Sentinel);
