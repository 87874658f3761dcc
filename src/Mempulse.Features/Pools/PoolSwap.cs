namespace Mempulse.Features.Pools;

/// <summary>A swap and the pool after it.</summary>
/// <param name="Quote">What the pool takes and gives.</param>
/// <param name="After">The pool after the swap; the pool itself if the swap is not filled.</param>
public readonly record struct PoolSwap(Quote Quote, IPool After);
