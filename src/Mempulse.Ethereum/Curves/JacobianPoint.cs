using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>A point of y^2 = x^3 + b as (X/Z^2, Y/Z^3), so that addition needs no inversion; Z is 0 at infinity.</summary>
/// <remarks>Formulas dbl-2009-l and add-2007-bl and madd-2007-bl of <see href="https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-0.html"/>.</remarks>
internal readonly struct JacobianPoint<TField>
    where TField : struct, IFieldElement<TField>
{
    private readonly TField _x;
    private readonly TField _y;
    private readonly TField _z;

    private JacobianPoint(in TField x, in TField y, in TField z)
    {
        _x = x;
        _y = y;
        _z = z;
    }

    public JacobianPoint(in AffinePoint<TField> point)
    {
        _x = point.X;
        _y = point.Y;
        _z = point.IsInfinity ? TField.Zero : TField.One;
    }

    public bool IsInfinity => _z.IsZero;

    public static JacobianPoint<TField> Double(in JacobianPoint<TField> point)
    {
        if (point.IsInfinity)
        {
            return point;
        }

        var a = TField.Square(point._x);
        var b = TField.Square(point._y);
        var c = TField.Square(b);
        var d = Twice(TField.Subtract(TField.Subtract(TField.Square(TField.Add(point._x, b)), a), c));
        var e = TField.Add(Twice(a), a);
        var x = TField.Subtract(TField.Square(e), Twice(d));
        var y = TField.Subtract(TField.Multiply(e, TField.Subtract(d, x)), Twice(Twice(Twice(c))));
        return new JacobianPoint<TField>(x, y, Twice(TField.Multiply(point._y, point._z)));
    }

    public static JacobianPoint<TField> Add(in JacobianPoint<TField> left, in JacobianPoint<TField> right)
    {
        if (left.IsInfinity || right.IsInfinity)
        {
            return left.IsInfinity ? right : left;
        }

        var z1 = TField.Square(left._z);
        var z2 = TField.Square(right._z);
        var u1 = TField.Multiply(left._x, z2);
        var u2 = TField.Multiply(right._x, z1);
        var s1 = TField.Multiply(TField.Multiply(left._y, right._z), z2);
        var s2 = TField.Multiply(TField.Multiply(right._y, left._z), z1);
        if (TField.AreEqual(u1, u2))
        {
            return TField.AreEqual(s1, s2) ? Double(left) : default;
        }

        var h = TField.Subtract(u2, u1);
        var i = TField.Square(Twice(h));
        var j = TField.Multiply(h, i);
        var r = Twice(TField.Subtract(s2, s1));
        var v = TField.Multiply(u1, i);
        var x = TField.Subtract(TField.Subtract(TField.Square(r), j), Twice(v));
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), Twice(TField.Multiply(s1, j)));
        var z = TField.Multiply(TField.Subtract(TField.Subtract(TField.Square(TField.Add(left._z, right._z)), z1), z2), h);
        return new JacobianPoint<TField>(x, y, z);
    }

    /// <summary>Adds a point whose Z is one, with two thirds of the work.</summary>
    public static JacobianPoint<TField> Add(in JacobianPoint<TField> left, in AffinePoint<TField> right)
    {
        if (left.IsInfinity || right.IsInfinity)
        {
            return left.IsInfinity ? new JacobianPoint<TField>(right) : left;
        }

        var z1 = TField.Square(left._z);
        var u2 = TField.Multiply(right.X, z1);
        var s2 = TField.Multiply(TField.Multiply(right.Y, left._z), z1);
        if (TField.AreEqual(left._x, u2))
        {
            return TField.AreEqual(left._y, s2) ? Double(left) : default;
        }

        var h = TField.Subtract(u2, left._x);
        var square = TField.Square(h);
        var i = Twice(Twice(square));
        var j = TField.Multiply(h, i);
        var r = Twice(TField.Subtract(s2, left._y));
        var v = TField.Multiply(left._x, i);
        var x = TField.Subtract(TField.Subtract(TField.Square(r), j), Twice(v));
        var y = TField.Subtract(TField.Multiply(r, TField.Subtract(v, x)), Twice(TField.Multiply(left._y, j)));
        var z = TField.Subtract(TField.Subtract(TField.Square(TField.Add(left._z, h)), z1), square);
        return new JacobianPoint<TField>(x, y, z);
    }

    public JacobianPoint<TField> Negated() => new(_x, TField.Negate(_y), _z);

    public AffinePoint<TField> ToAffine()
    {
        if (IsInfinity)
        {
            return default;
        }

        var inverse = TField.Invert(_z);
        var square = TField.Square(inverse);
        return new AffinePoint<TField>(TField.Multiply(_x, square), TField.Multiply(_y, TField.Multiply(square, inverse)));
    }

    private static TField Twice(in TField value) => TField.Add(value, value);
}
