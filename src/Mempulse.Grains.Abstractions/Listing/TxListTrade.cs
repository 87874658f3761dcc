using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>What a waiting transaction trades. Amounts are in the smallest unit of their token.</summary>
/// <param name="TokenIn">The token that is given; null if the calldata does not name it.</param>
/// <param name="AmountIn">How much is given; null if that is not stated, or only an execution says it.</param>
/// <param name="MeaningIn">What <paramref name="AmountIn"/> is, such as "Exact" or "Maximum".</param>
/// <param name="TokenOut">The token that is received; null if the calldata does not name it.</param>
/// <param name="AmountOut">How much is received; null if that is not stated, or only an execution says it.</param>
/// <param name="MeaningOut">What <paramref name="AmountOut"/> is, such as "Minimum".</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-trade")]
public sealed record TxListTrade(
    [property: Id(0)] Address? TokenIn,
    [property: Id(1)] UInt256? AmountIn,
    [property: Id(2)] string MeaningIn,
    [property: Id(3)] Address? TokenOut,
    [property: Id(4)] UInt256? AmountOut,
    [property: Id(5)] string MeaningOut);
