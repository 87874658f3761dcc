using Mempulse.Primitives;

namespace Mempulse.Features.Pools;

/// <summary>What a pool takes and gives in one swap. <c>default</c> is a swap of nothing.</summary>
/// <param name="AmountIn">What the pool takes, with its fee, in the smallest unit of the token.</param>
/// <param name="AmountOut">What the pool gives.</param>
/// <param name="Failure">Why the swap is not filled; None if it is.</param>
public readonly record struct Quote(UInt256 AmountIn, UInt256 AmountOut, QuoteFailure Failure)
{
    /// <summary>True when the contract would carry the swap out as asked.</summary>
    public bool IsFilled => Failure == QuoteFailure.None;

    /// <summary>A swap that is refused as a whole.</summary>
    public static Quote Refusal(QuoteFailure failure) => new(UInt256.Zero, UInt256.Zero, failure);
}
