using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>A point of y^2 = x^3 + b in affine coordinates; (0, 0), which is not on the curve unless b is 0, represents infinity.</summary>
internal readonly struct AffinePoint<TField>(TField x, TField y)
    where TField : struct, IFieldElement<TField>
{
    private readonly TField _x = x;
    private readonly TField _y = y;

    public TField X => _x;

    public TField Y => _y;

    public bool IsInfinity => _x.IsZero && _y.IsZero;

    /// <summary>True if the coordinates satisfy the equation or represent infinity.</summary>
    public bool IsOnCurve(in TField b) =>
        IsInfinity || TField.AreEqual(TField.Square(_y), TField.Add(TField.Multiply(TField.Square(_x), _x), b));

    public AffinePoint<TField> Negated() => new(_x, TField.Negate(_y));
}
