using System.Numerics;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The value from which a contract iterates its invariant, on which the last digits of that depend.</summary>
internal static class CryptoGuess
{
    private static readonly BigInteger s_large = BigInteger.Pow(10, 36);
    private static readonly BigInteger s_medium = BigInteger.Pow(10, 24);

    /// <summary>The guess after a swap.</summary>
    /// <param name="values">The values after it.</param>
    /// <param name="k0">What the solution of the cubic equation leaves; zero for Newton's method.</param>
    /// <param name="rules">The version.</param>
    public static CheckedWord Of(ReadOnlySpan<UInt256> values, in CheckedWord k0, CryptoRules rules)
    {
        if (rules == CryptoRules.Newton)
        {
            return CryptoInvariant.GeometricMean(values) * CryptoInvariant.Tokens;
        }

        BigInteger[] sorted = [WideNumber.Of(values[0]), WideNumber.Of(values[1]), WideNumber.Of(values[2])];
        Array.Sort(sorted, static (left, right) => right.CompareTo(left));
        var (product, sum) = (sorted[0] * sorted[1], sorted[0] + sorted[1] + sorted[2]);
        if (k0.Value.IsZero)
        {
            var mean = product / BigInteger.Pow(10, 18) * sorted[2] / BigInteger.Pow(10, 18);
            return mean.IsZero ? CheckedWord.Failed : WideNumber.ToWord(CryptoCubic.CubeRoot(mean) * CryptoInvariant.Tokens);
        }

        var (scale, rest) = sum > s_large ? (s_large, BigInteger.Pow(10, 12)) : sum > s_medium ? (s_medium, BigInteger.Pow(10, 6)) : (BigInteger.Pow(10, 18), BigInteger.One);
        return WideNumber.ToWord(CryptoCubic.CubeRoot(product / scale * sorted[2] / WideNumber.Of(k0.Value) * 27 * rest));
    }
}
