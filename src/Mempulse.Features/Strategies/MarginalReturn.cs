using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>What a cycle of constant product pools returns for a very small input, before rounding: no input returns more.</summary>
internal static class MarginalReturn
{
    /// <summary>The return of a cycle that neither gains nor loses.</summary>
    public const ulong Even = 1_000_000;

    private const int FractionBits = 64;

    /// <summary>Three rates of these bits have a product that fits a word.</summary>
    private const int MaxRateBits = 84;

    /// <summary>Bounds the return from above.</summary>
    /// <param name="cycle">At most three legs.</param>
    /// <param name="millionths">What comes back for what goes in, in millionths: above <see cref="Even"/> wherever an input gains.</param>
    /// <returns>False if a pool is of another family.</returns>
    public static bool TryBound(CycleLeg[] cycle, out ulong millionths)
    {
        var product = UInt256.One;
        bool isBeyond = false;
        millionths = 0;
        foreach (var leg in cycle)
        {
            if (leg.Pool is not ConstantProductPool pool)
            {
                return false;
            }

            var one = pool.From(leg.TokenIn);
            if (one.ReserveIn.IsZero || one.ReserveOut.IsZero)
            {
                return true;
            }

            UInt256.ShiftLeft(one.ReserveOut * one.Fee.Numerator, FractionBits, out var scaled);
            UInt256.Divide(scaled, one.ReserveIn * one.Fee.Denominator, out var rate);
            rate += UInt256.One; // rounded up
            isBeyond |= rate.BitLength > MaxRateBits;
            if (!isBeyond)
            {
                UInt256.MultiplyWrapping(product, rate, out product); // at most 252 bits
            }
        }

        if (isBeyond)
        {
            millionths = ulong.MaxValue;
            return true;
        }

        // The last millionth is rounded up too, so that a gain below it counts.
        UInt256.ShiftLeft(UInt256.One, FractionBits * cycle.Length, out var whole);
        UInt256.TryMultiplyDivide(product, Even, whole, out var share, out _);
        millionths = share.FitsUInt64 ? share.LowUInt64 + (product > whole ? 1UL : 0) : ulong.MaxValue;
        return true;
    }
}
