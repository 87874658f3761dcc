using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The invariant of Curve's crypto pools by Newton's method: newton_D and newton_y, in the contracts' order of operations.</summary>
/// <remarks>Both iterate at most 255 times, as the contracts do, and refuse what is outside the contracts' limits.</remarks>
internal static class CryptoInvariant
{
    /// <summary>Number of tokens.</summary>
    public const int Tokens = 3;

    /// <summary>Parts of one in which the amplification is kept, which includes 3^3.</summary>
    public const ulong Multiplier = 10_000;

    private const int MaxRounds = 255;
    private const ulong One = 1_000_000_000_000_000_000;
    private const ulong LeastGamma = 10_000_000_000;
    private const ulong MostGamma = 50_000_000_000_000_000;
    private const ulong LeastAmplification = 27 * Multiplier / 100;
    private const ulong MostAmplification = 27 * Multiplier * 1_000;
    private const ulong Hundredth = One / 100;
    private const ulong LeastInvariant = One / 10;

    private static readonly CheckedWord s_hundred = (CheckedWord)One * 100;
    private static readonly CheckedWord s_mostInvariant = (CheckedWord)One * 1_000_000_000_000_000;
    private static readonly CheckedWord s_toleranceParts = 100_000_000_000_000;

    /// <summary>True for parameters that the contracts compute with.</summary>
    public static bool AreValid(in UInt256 amplification, in UInt256 gamma) =>
        amplification >= LeastAmplification && amplification <= MostAmplification && gamma >= LeastGamma && gamma <= MostGamma;

    /// <summary>True for an invariant and other balances that the contracts solve with.</summary>
    public static bool AreValid(ReadOnlySpan<UInt256> values, int solved, in CheckedWord invariant)
    {
        bool isValid = !invariant.IsFailed && invariant >= LeastInvariant && invariant <= s_mostInvariant;
        for (int i = 0; i < values.Length && isValid; i++)
        {
            isValid = i == solved || IsNear(values[i], invariant);
        }

        return isValid;
    }

    /// <summary>The value of one token that keeps the invariant.</summary>
    public static CheckedWord Value(ReadOnlySpan<UInt256> values, int solved, in CheckedWord invariant, in UInt256 amplification, in UInt256 gamma)
    {
        Span<UInt256> others = stackalloc UInt256[Tokens - 1];
        Others(values, solved, others);
        CheckedWord larger = others[0];
        CheckedWord smaller = others[1];
        var limit = Most(Most(larger / s_toleranceParts, invariant / s_toleranceParts), 100);
        var y = invariant / Tokens * invariant / (smaller * Tokens) * invariant / (larger * Tokens);
        var sum = smaller + larger;
        var product = (CheckedWord)One * larger * Tokens / invariant * smaller * Tokens / invariant;
        for (int round = 0; round < MaxRounds && !y.IsFailed; round++)
        {
            var before = y;
            var k = product * y * Tokens / invariant;
            var total = sum + y;
            var distance = CheckedWord.Distance(gamma + (CheckedWord)One, k) + 1;
            var first = One * invariant / gamma * distance / gamma * distance * Multiplier / amplification;
            var second = One + (2 * One * k / distance);
            var slope = (One * y) + (total * second) + first;
            var taken = invariant * second;
            if (slope < taken)
            {
                y = before / 2;
                continue;
            }

            slope -= taken;
            var unit = slope / y;
            var minus = first / unit;
            var plus = ((slope + (One * invariant)) / unit) + (minus * One / k);
            minus += One * total / unit;
            y = plus < minus ? (before / 2).Where(!plus.IsFailed && !minus.IsFailed) : plus - minus;
            if (CheckedWord.Distance(y, before) < Most(limit, y / s_toleranceParts))
            {
                return y.Where(IsNear(y, invariant));
            }
        }

        return CheckedWord.Failed;
    }

    /// <summary>The invariant of values, from a first guess.</summary>
    public static CheckedWord Invariant(ReadOnlySpan<UInt256> values, in CheckedWord guess, in UInt256 amplification, in UInt256 gamma)
    {
        Span<UInt256> sorted = stackalloc UInt256[Tokens];
        values.CopyTo(sorted);
        sorted.Sort(static (left, right) => right.CompareTo(left));
        var sum = (CheckedWord)sorted[0] + sorted[1] + sorted[2];
        var d = guess;
        for (int round = 0; round < MaxRounds && !d.IsFailed; round++)
        {
            var before = d;
            CheckedWord k = One;
            foreach (ref readonly var value in sorted)
            {
                k = k * value * Tokens / d;
            }

            var distance = CheckedWord.Distance(gamma + (CheckedWord)One, k) + 1;
            var first = One * d / gamma * distance / gamma * distance * Multiplier / amplification;
            var second = 2 * One * Tokens * k / distance;
            var slope = sum + (sum * second / One) + (first * Tokens / k) - (second * d / One);
            var plus = d * (slope + sum) / slope;
            var minus = d * d / slope;
            var part = d * (first / slope) / One;
            minus = k < One ? minus + (part * (One - k) / k) : minus - (part * (k - One) / k);
            d = plus > minus ? plus - minus : (minus - plus) / 2;
            if (CheckedWord.Distance(d, before) * s_toleranceParts < Most(Hundredth, d))
            {
                return d.Where(IsNear(sorted[0], d) && IsNear(sorted[1], d) && IsNear(sorted[2], d));
            }
        }

        return CheckedWord.Failed;
    }

    /// <summary>The geometric mean of values, as tricrypto2 iterates it.</summary>
    public static CheckedWord GeometricMean(ReadOnlySpan<UInt256> values)
    {
        Span<UInt256> sorted = stackalloc UInt256[Tokens];
        values.CopyTo(sorted);
        sorted.Sort(static (left, right) => right.CompareTo(left));
        CheckedWord mean = sorted[0];
        for (int round = 0; round < MaxRounds && !mean.IsFailed; round++)
        {
            var before = mean;
            CheckedWord product = One;
            foreach (ref readonly var value in sorted)
            {
                product = product * value / mean;
            }

            mean = mean * (((Tokens - 1) * One) + product) / (Tokens * One);
            var distance = CheckedWord.Distance(mean, before);
            if (distance <= UInt256.One || distance * One < mean)
            {
                return mean;
            }
        }

        return CheckedWord.Failed;
    }

    private static void Others(ReadOnlySpan<UInt256> values, int solved, Span<UInt256> others)
    {
        int place = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i != solved)
            {
                others[place++] = values[i];
            }
        }

        others.Sort(static (left, right) => right.CompareTo(left));
    }

    private static bool IsNear(in CheckedWord value, in CheckedWord invariant)
    {
        var share = value * One / invariant;
        return !share.IsFailed && share >= Hundredth && share <= s_hundred;
    }

    private static CheckedWord Most(in CheckedWord left, in CheckedWord right) => left > right ? left : right;
}
