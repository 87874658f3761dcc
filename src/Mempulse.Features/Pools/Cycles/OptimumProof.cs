namespace Mempulse.Features.Pools.Cycles;

/// <summary>What is known about an optimum.</summary>
public enum OptimumProof
{
    /// <summary>No input gains more.</summary>
    Exact = 0,

    /// <summary>The search ended at its bound; no input that it tried gains more.</summary>
    Bounded,
}
