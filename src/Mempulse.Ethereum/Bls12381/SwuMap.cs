using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Maps a field element to a point of the group: the simplified Shallue-van de Woestijne-Ulas map, an isogeny, and cofactor clearing.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9380#section-6.6.3"/></remarks>
internal static class SwuMap
{
    /// <summary>Returns the point that <paramref name="value"/> maps to.</summary>
    public static AffinePoint<TField> Map<TField, TCurve>(in TField value)
        where TField : struct, IFieldElement<TField>
        where TCurve : struct, ISwuCurve<TField>
    {
        var (x, y) = ToIsogenous<TField, TCurve>(value);
        var isogeny = TCurve.Isogeny;
        var xDenominator = Evaluate(isogeny[1], x);
        var yDenominator = Evaluate(isogeny[3], x);
        if (xDenominator.IsZero || yDenominator.IsZero)
        {
            return default;
        }

        // One inversion for both denominators: 1/a = b / ab.
        var inverse = TField.Invert(TField.Multiply(xDenominator, yDenominator));
        var point = new AffinePoint<TField>(
            TField.Multiply(Evaluate(isogeny[0], x), TField.Multiply(inverse, yDenominator)),
            TField.Multiply(y, TField.Multiply(Evaluate(isogeny[2], x), TField.Multiply(inverse, xDenominator))));
        return TCurve.ClearCofactor(point).ToAffine();
    }

    /// <summary>The simplified SWU map to the isogenous curve. RFC 9380, section 6.6.2.</summary>
    private static (TField X, TField Y) ToIsogenous<TField, TCurve>(in TField value)
        where TField : struct, IFieldElement<TField>
        where TCurve : struct, ISwuCurve<TField>
    {
        var zu2 = TField.Multiply(TCurve.Z, TField.Square(value));
        var inverse = TField.Invert(TField.Add(TField.Square(zu2), zu2));
        var x = inverse.IsZero
            ? Quotients<TField, TCurve>.Exceptional
            : TField.Multiply(Quotients<TField, TCurve>.Common, TField.Add(TField.One, inverse));
        if (!TCurve.TrySqrt(Equation<TField, TCurve>(x), out var y))
        {
            // Z is chosen so that one of the two candidates is a square.
            x = TField.Multiply(zu2, x);
            TCurve.TrySqrt(Equation<TField, TCurve>(x), out y);
        }

        return (x, TCurve.IsOdd(value) == TCurve.IsOdd(y) ? y : TField.Negate(y));
    }

    private static TField Equation<TField, TCurve>(in TField x)
        where TField : struct, IFieldElement<TField>
        where TCurve : struct, ISwuCurve<TField> =>
        TField.Add(TField.Multiply(TField.Add(TField.Square(x), TCurve.A), x), TCurve.B);

    private static TField Evaluate<TField>(TField[] coefficients, in TField x)
        where TField : struct, IFieldElement<TField>
    {
        var sum = TField.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = TField.Add(TField.Multiply(sum, x), coefficients[i]);
        }

        return sum;
    }

    /// <summary>The quotients of the map that do not depend on the element.</summary>
    private static class Quotients<TField, TCurve>
        where TField : struct, IFieldElement<TField>
        where TCurve : struct, ISwuCurve<TField>
    {
        /// <summary>-B / A.</summary>
        public static TField Common { get; } = TField.Negate(TField.Multiply(TCurve.B, TField.Invert(TCurve.A)));

        /// <summary>B / (Z A).</summary>
        public static TField Exceptional { get; } = TField.Multiply(TCurve.B, TField.Invert(TField.Multiply(TCurve.Z, TCurve.A)));
    }
}
