using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The fees of a stable pool, in parts of 10^10.</summary>
/// <param name="Base">Share of the output while the balances agree.</param>
/// <param name="OffPegMultiplier">How much larger the fee becomes away from there, in parts of 10^10; up to 10^10 for a fee that does not change.</param>
/// <param name="Protocol">Share of the fee that leaves the pool.</param>
public readonly record struct StableFees(UInt256 Base, UInt256 OffPegMultiplier, UInt256 Protocol)
{
    /// <summary>All of an amount.</summary>
    public const ulong Whole = 10_000_000_000;

    /// <summary>The fee between two values: _dynamic_fee.</summary>
    internal CheckedWord Rate(in CheckedWord valueIn, in CheckedWord valueOut)
    {
        CheckedWord multiplier = OffPegMultiplier;
        if (multiplier <= Whole)
        {
            return Base;
        }

        var sum = valueIn + valueOut;
        return multiplier * Base / (((multiplier - Whole) * 4 * valueIn * valueOut / (sum * sum)) + Whole);
    }
}
