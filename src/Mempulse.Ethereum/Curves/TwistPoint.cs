using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>The running point of a Miller loop, on the twist, in homogeneous coordinates; each step multiplies its line into the accumulator.</summary>
/// <remarks>
/// Costello, Lange, Naehrig, Faster pairing computations on curves with high-degree twists, 2010; Aranha and others, Faster explicit
/// formulas, 2011.
/// </remarks>
internal struct TwistPoint<TBase, TTower, TCurve>
    where TBase : struct, IPrimeField<TBase>
    where TTower : struct, ITower<TBase>
    where TCurve : struct, IPairingCurve<TBase, TTower>
{
    private Quadratic<TBase> _x;
    private Quadratic<TBase> _y;
    private Quadratic<TBase> _z;

    public TwistPoint(in AffinePoint<Quadratic<TBase>> point)
    {
        _x = point.X;
        _y = point.Y;
        _z = Quadratic<TBase>.One;
    }

    /// <summary>Doubles the point and multiplies <paramref name="accumulator"/> by the tangent, evaluated at <paramref name="at"/>.</summary>
    public void Double(in AffinePoint<TBase> at, ref Dodecic<TBase, TTower> accumulator)
    {
        var a = Halve(Quadratic<TBase>.Multiply(_x, _y));
        var b = Quadratic<TBase>.Square(_y);
        var c = Quadratic<TBase>.Square(_z);
        var e = Quadratic<TBase>.Multiply(TCurve.TwistB, Triple(c));
        var f = Triple(e);
        var g = Halve(Quadratic<TBase>.Add(b, f));
        var h = Quadratic<TBase>.Subtract(
            Quadratic<TBase>.Square(Quadratic<TBase>.Add(_y, _z)), Quadratic<TBase>.Add(b, c));
        var i = Quadratic<TBase>.Subtract(e, b);
        var j = Triple(Quadratic<TBase>.Square(_x));
        _x = Quadratic<TBase>.Multiply(a, Quadratic<TBase>.Subtract(b, f));
        _y = Quadratic<TBase>.Subtract(Quadratic<TBase>.Square(g), Triple(Quadratic<TBase>.Square(e)));
        _z = Quadratic<TBase>.Multiply(b, h);
        Line(i, j, Quadratic<TBase>.Negate(h), at, ref accumulator);
    }

    /// <summary>Adds a point and multiplies <paramref name="accumulator"/> by the line through both, evaluated at <paramref name="at"/>.</summary>
    public void Add(in AffinePoint<Quadratic<TBase>> point, in AffinePoint<TBase> at, ref Dodecic<TBase, TTower> accumulator)
    {
        var theta = Quadratic<TBase>.Subtract(_y, Quadratic<TBase>.Multiply(point.Y, _z));
        var lambda = Quadratic<TBase>.Subtract(_x, Quadratic<TBase>.Multiply(point.X, _z));
        var d = Quadratic<TBase>.Square(lambda);
        var e = Quadratic<TBase>.Multiply(lambda, d);
        var f = Quadratic<TBase>.Multiply(_z, Quadratic<TBase>.Square(theta));
        var g = Quadratic<TBase>.Multiply(_x, d);
        var h = Quadratic<TBase>.Subtract(Quadratic<TBase>.Add(e, f), Quadratic<TBase>.Add(g, g));
        _x = Quadratic<TBase>.Multiply(lambda, h);
        _y = Quadratic<TBase>.Subtract(
            Quadratic<TBase>.Multiply(theta, Quadratic<TBase>.Subtract(g, h)), Quadratic<TBase>.Multiply(e, _y));
        _z = Quadratic<TBase>.Multiply(_z, e);
        var j = Quadratic<TBase>.Subtract(Quadratic<TBase>.Multiply(theta, point.X), Quadratic<TBase>.Multiply(lambda, point.Y));
        Line(j, Quadratic<TBase>.Negate(theta), lambda, at, ref accumulator);
    }

    /// <summary>Multiplies by the line constant + slope x + height y, with each coefficient where the twist puts it.</summary>
    private static void Line(
        in Quadratic<TBase> constant,
        in Quadratic<TBase> slope,
        in Quadratic<TBase> height,
        in AffinePoint<TBase> at,
        ref Dodecic<TBase, TTower> accumulator)
    {
        var x = Quadratic<TBase>.Scale(slope, at.X);
        var y = Quadratic<TBase>.Scale(height, at.Y);
        accumulator = TCurve.Shape == LineShape.DivisorTwist
            ? Dodecic<TBase, TTower>.MultiplyDivisorLine(accumulator, y, x, constant)
            : Dodecic<TBase, TTower>.MultiplyMultiplierLine(accumulator, constant, x, y);
    }

    private static Quadratic<TBase> Halve(in Quadratic<TBase> value) => new(TBase.Halve(value.A), TBase.Halve(value.B));

    private static Quadratic<TBase> Triple(in Quadratic<TBase> value) =>
        Quadratic<TBase>.Add(Quadratic<TBase>.Add(value, value), value);
}
