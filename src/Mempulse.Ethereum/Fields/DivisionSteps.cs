using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>The extended Euclidean algorithm by division steps, which halve; 62 steps at a time read only the lowest limbs.</summary>
/// <remarks>
/// Bernstein and Yang, Fast constant-time gcd computation and modular inversion, 2019 (<see href="https://eprint.iacr.org/2019/266"/>), except
/// that runs of zero bits are processed at once: the running time depends on the numbers, all of which are public.
/// </remarks>
internal static class DivisionSteps
{
    /// <summary>Number of steps in a round, so that the entries of its matrix fit a long.</summary>
    public const int PerRound = 62;

    /// <summary>Upper bound on the rounds of an inversion: 381 bits take at most 1,102 steps.</summary>
    public const int MaxRounds = 20;

    /// <summary>Runs 62 steps on the lowest limbs of f and g, and updates <paramref name="delta"/>.</summary>
    /// <returns>The matrix that maps (f, g) to 2^62 times their next values.</returns>
    public static DivisionMatrix Round(ulong f, ulong g, ref long delta)
    {
        unchecked // modulo 2^64: only the bits that the remaining steps read matter
        {
            long u = 1;
            long v = 0;
            long q = 0;
            long r = 1;
            int left = PerRound;
            while (true)
            {
                int zeros = Math.Min(left, BitOperations.TrailingZeroCount(g));
                g >>= zeros;
                u <<= zeros;
                v <<= zeros;
                delta += zeros;
                left -= zeros;
                if (left == 0)
                {
                    return new DivisionMatrix(u, v, q, r);
                }

                if (delta > 0)
                {
                    delta = -delta;
                    (f, g) = (g, 0 - f);
                    (u, q) = (q, -u);
                    (v, r) = (r, -v);
                }

                g += f;
                q += u;
                r += v;
            }
        }
    }

    /// <summary>Computes (first * one + second * other) / 2^62 in two's complement; the division is exact. The result may overwrite an operand.</summary>
    public static void Combine(long first, ReadOnlySpan<ulong> one, long second, ReadOnlySpan<ulong> other, Span<ulong> result)
    {
        unchecked // two's complement: a negative factor is its bits minus 2^64
        {
            ulong firstSign = (ulong)(first >> 63);
            ulong secondSign = (ulong)(second >> 63);
            ulong firstCarry = 0;
            ulong secondCarry = 0;
            ulong firstBorrow = 0;
            ulong secondBorrow = 0;
            ulong below = 0;
            for (int i = 0; i < one.Length; i++)
            {
                ulong limb = LimbMath.MultiplyAdd((ulong)first, one[i], 0, ref firstCarry);
                limb = LimbMath.MultiplyAdd((ulong)second, other[i], limb, ref secondCarry);
                limb = LimbMath.SubtractBorrow(limb, i > 0 ? one[i - 1] & firstSign : 0, ref firstBorrow);
                limb = LimbMath.SubtractBorrow(limb, i > 0 ? other[i - 1] & secondSign : 0, ref secondBorrow);
                if (i > 0)
                {
                    result[i - 1] = (below >> PerRound) | (limb << (64 - PerRound));
                }

                below = limb;
            }

            result[one.Length - 1] = (ulong)((long)below >> PerRound);
        }
    }
}
