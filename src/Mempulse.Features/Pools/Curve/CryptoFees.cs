using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The fees of a crypto pool.</summary>
/// <param name="Mid">Share of the output while the balances agree, in parts of 10^10.</param>
/// <param name="Out">Share of the output far from there, in parts of 10^10.</param>
/// <param name="Gamma">How fast the one becomes the other, in parts of 10^18.</param>
public readonly record struct CryptoFees(UInt256 Mid, UInt256 Out, UInt256 Gamma)
{
    private const ulong One = 1_000_000_000_000_000_000;

    /// <summary>The fee for balances after a swap: reduction_coefficient and _fee.</summary>
    internal CheckedWord Rate(ReadOnlySpan<UInt256> values)
    {
        CheckedWord sum = 0;
        foreach (ref readonly var value in values)
        {
            sum += value;
        }

        CheckedWord share = One;
        foreach (ref readonly var value in values)
        {
            share = share * (ulong)values.Length * value / sum;
        }

        if (!Gamma.IsZero)
        {
            share = Gamma * (CheckedWord)One / (Gamma + (CheckedWord)One - share);
        }

        return ((Mid * share) + (Out * (One - share))) / One;
    }
}
