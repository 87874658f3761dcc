using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Cycles;

/// <summary>The best input of a cycle. <c>default</c> is a cycle that never gains.</summary>
/// <param name="Input">The input; zero if no input gains.</param>
/// <param name="Profit">What the cycle returns above the input.</param>
/// <param name="Proof">How far the search went.</param>
public readonly record struct CycleOptimum(UInt256 Input, UInt256 Profit, OptimumProof Proof);
