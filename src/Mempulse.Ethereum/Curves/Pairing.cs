using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>Checks whether a product of pairings is one.</summary>
internal static class Pairing
{
    /// <summary>True if the product of the pairings of all pairs is one; a pair that contains infinity contributes one.</summary>
    public static bool IsProductOne<TBase, TTower, TCurve>(
        ReadOnlySpan<AffinePoint<TBase>> firsts, ReadOnlySpan<AffinePoint<Quadratic<TBase>>> seconds)
        where TBase : struct, IPrimeField<TBase>
        where TTower : struct, ITower<TBase>
        where TCurve : struct, IPairingCurve<TBase, TTower>
    {
        var left = new List<AffinePoint<TBase>>(firsts.Length);
        var right = new List<AffinePoint<Quadratic<TBase>>>(firsts.Length);
        for (int i = 0; i < firsts.Length; i++)
        {
            if (!firsts[i].IsInfinity && !seconds[i].IsInfinity)
            {
                left.Add(firsts[i]);
                right.Add(seconds[i]);
            }
        }

        if (left.Count == 0)
        {
            return true;
        }

        var result = TCurve.FinalExponentiation(TCurve.MillerLoop(left.ToArray(), right.ToArray()));
        return Dodecic<TBase, TTower>.AreEqual(result, Dodecic<TBase, TTower>.One);
    }

    /// <summary>The easy part of the final exponentiation, (p^6 - 1)(p^2 + 1), the same for all curves of embedding degree 12.</summary>
    public static Dodecic<TBase, TTower> EasyPart<TBase, TTower>(in Dodecic<TBase, TTower> value)
        where TBase : struct, IPrimeField<TBase>
        where TTower : struct, ITower<TBase>
    {
        var first = Dodecic<TBase, TTower>.Multiply(Dodecic<TBase, TTower>.Conjugate(value), Dodecic<TBase, TTower>.Invert(value));
        return Dodecic<TBase, TTower>.Multiply(Dodecic<TBase, TTower>.Frobenius(Dodecic<TBase, TTower>.Frobenius(first)), first);
    }
}
