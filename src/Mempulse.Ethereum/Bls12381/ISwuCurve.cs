using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The curve that a field element is mapped to first, and the way from there. <see href="https://www.rfc-editor.org/rfc/rfc9380#section-8.8"/></summary>
internal interface ISwuCurve<TField>
    where TField : struct, IFieldElement<TField>
{
    /// <summary>A of y^2 = x^3 + A x + B.</summary>
    static abstract TField A { get; }

    /// <summary>B of y^2 = x^3 + A x + B.</summary>
    static abstract TField B { get; }

    /// <summary>Z of the map.</summary>
    static abstract TField Z { get; }

    /// <summary>Numerator and denominator of x, then of y, of the isogeny; constants first.</summary>
    static abstract IReadOnlyList<TField[]> Isogeny { get; }

    /// <summary>The point times h_eff, the factor that leads into the group.</summary>
    static abstract JacobianPoint<TField> ClearCofactor(in AffinePoint<TField> point);

    /// <summary>A square root, where there is one.</summary>
    static abstract bool TryTakeRoot(in TField value, out TField root);

    /// <summary>RFC 9380's sgn0.</summary>
    static abstract bool IsOdd(in TField value);
}
