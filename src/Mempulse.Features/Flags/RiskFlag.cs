using Mempulse.Primitives;

namespace Mempulse.Features.Flags;

/// <summary>A risk of a pending transaction, and what is known of it.</summary>
/// <param name="Kind">The risk.</param>
/// <param name="Standing">Whether it is there.</param>
public readonly record struct RiskFlag(RiskFlagKind Kind, FlagStanding Standing)
{
    /// <summary>The number that <see cref="RiskFlagKind"/> names; null if it is not known, or there is nothing to say.</summary>
    public UInt256? Number { get; init; }

    /// <summary>For <see cref="RiskFlagKind.SandwichExposed"/>: whether an attack would gain more than its gas costs at the next base fee; null if that is not known.</summary>
    public bool? PaysAfterGas { get; init; }
}
