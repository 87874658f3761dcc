namespace Mempulse.Client.Listing;

/// <summary>What a waiting transaction trades. Amounts are in the smallest unit of their token, as decimal strings.</summary>
/// <param name="TokenIn">The token that is given; null if the calldata does not name it.</param>
/// <param name="AmountIn">How much is given; null if the calldata does not state it, or only an execution says it.</param>
/// <param name="MeaningIn">What that is: Exact, Minimum, Maximum, Stated, NotStated, or Unresolved where only an execution says it.</param>
/// <param name="TokenOut">The token that is received; null if the calldata does not name it.</param>
/// <param name="AmountOut">How much is received; null if the calldata does not state it, or only an execution says it.</param>
/// <param name="MeaningOut">What that is.</param>
public sealed record MempoolTradePart(string? TokenIn, string? AmountIn, string MeaningIn, string? TokenOut, string? AmountOut, string MeaningOut);
