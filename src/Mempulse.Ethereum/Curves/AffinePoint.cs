using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>A point of y^2 = x^3 + b by its coordinates; (0, 0), which is on no such curve with b other than 0, stands for the point at infinity.</summary>
internal readonly struct AffinePoint<TField>(TField x, TField y)
    where TField : struct, IFieldElement<TField>
{
    private readonly TField _x = x;
    private readonly TField _y = y;

    public TField X => _x;

    public TField Y => _y;

    public bool IsInfinity => _x.IsZero && _y.IsZero;

    /// <summary>True when the coordinates satisfy the equation, or stand for infinity.</summary>
    public bool IsOnCurve(in TField b) =>
        IsInfinity || TField.AreEqual(TField.Square(_y), TField.Add(TField.Multiply(TField.Square(_x), _x), b));

    public AffinePoint<TField> Negated() => new(_x, TField.Negate(_y));
}
