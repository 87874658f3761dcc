namespace Mempulse.Features.Registry;

/// <summary>How an amount is read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bound">What the number says about the amount.</param>
/// <param name="Sentinels">Words that are not amounts.</param>
public sealed record AmountRule(ArgumentPath Path, AmountBound Bound, AmountSentinels Sentinels);
