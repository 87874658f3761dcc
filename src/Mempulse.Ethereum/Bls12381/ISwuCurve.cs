using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The parameters of a simplified SWU map: the curve it maps to, and the way from there into the group.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9380#section-8.8"/></remarks>
internal interface ISwuCurve<TField>
    where TField : struct, IFieldElement<TField>
{
    /// <summary>A of y^2 = x^3 + A x + B.</summary>
    static abstract TField A { get; }

    /// <summary>B of y^2 = x^3 + A x + B.</summary>
    static abstract TField B { get; }

    /// <summary>Z of the map.</summary>
    static abstract TField Z { get; }

    /// <summary>The isogeny: numerator and denominator of x, then of y, each with the constant term first.</summary>
    static abstract IReadOnlyList<TField[]> Isogeny { get; }

    /// <summary>Multiplies the point by h_eff, which takes it into the group.</summary>
    static abstract JacobianPoint<TField> ClearCofactor(in AffinePoint<TField> point);

    /// <summary>Computes a square root; false if the value has none.</summary>
    static abstract bool TrySqrt(in TField value, out TField root);

    /// <summary>sgn0 of RFC 9380.</summary>
    static abstract bool IsOdd(in TField value);
}
