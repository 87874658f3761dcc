namespace Mempulse.Features.Registry;

/// <summary>How an amount is read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bound">What the number says about the amount.</param>
/// <param name="Sentinels">Words that are not amounts.</param>
public sealed record AmountRule(ArgumentPath Path, AmountBound Bound, AmountSentinels Sentinels)
{
    /// <summary>What is added to the number; null for nothing.</summary>
    public ArgumentPath? Plus { get; init; }

    /// <summary>The part of an order that is filled: the number is multiplied by it and divided by <see cref="Whole"/>; null for all of it.</summary>
    public ArgumentPath? Filled { get; init; }

    /// <summary>The whole of the order that <see cref="Filled"/> is a part of.</summary>
    public ArgumentPath? Whole { get; init; }
}
