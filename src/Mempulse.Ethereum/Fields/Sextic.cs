namespace Mempulse.Ethereum.Fields;

/// <summary>a + b v + c v^2 with v^3 = xi: the extension field of degree 6.</summary>
internal readonly struct Sextic<TBase, TTower>(Quadratic<TBase> a, Quadratic<TBase> b, Quadratic<TBase> c)
    : IFieldElement<Sextic<TBase, TTower>>
    where TBase : struct, IPrimeField<TBase>
    where TTower : struct, ITower<TBase>
{
    private readonly Quadratic<TBase> _a = a;
    private readonly Quadratic<TBase> _b = b;
    private readonly Quadratic<TBase> _c = c;

    public static Sextic<TBase, TTower> Zero => default;

    public static Sextic<TBase, TTower> One => new(Quadratic<TBase>.One, default, default);

    public Quadratic<TBase> A => _a;

    public Quadratic<TBase> B => _b;

    public Quadratic<TBase> C => _c;

    public bool IsZero => _a.IsZero && _b.IsZero && _c.IsZero;

    public static Sextic<TBase, TTower> Add(in Sextic<TBase, TTower> left, in Sextic<TBase, TTower> right) => new(
        Quadratic<TBase>.Add(left._a, right._a), Quadratic<TBase>.Add(left._b, right._b), Quadratic<TBase>.Add(left._c, right._c));

    public static Sextic<TBase, TTower> Subtract(in Sextic<TBase, TTower> left, in Sextic<TBase, TTower> right) => new(
        Quadratic<TBase>.Subtract(left._a, right._a), Quadratic<TBase>.Subtract(left._b, right._b), Quadratic<TBase>.Subtract(left._c, right._c));

    public static Sextic<TBase, TTower> Negate(in Sextic<TBase, TTower> value) => new(
        Quadratic<TBase>.Negate(value._a), Quadratic<TBase>.Negate(value._b), Quadratic<TBase>.Negate(value._c));

    /// <summary>Multiplies with six products instead of nine (Devegili and others, Multiplication and squaring on pairing-friendly fields, 2006).</summary>
    public static Sextic<TBase, TTower> Multiply(in Sextic<TBase, TTower> left, in Sextic<TBase, TTower> right)
    {
        var aa = Quadratic<TBase>.Multiply(left._a, right._a);
        var bb = Quadratic<TBase>.Multiply(left._b, right._b);
        var cc = Quadratic<TBase>.Multiply(left._c, right._c);
        var bc = Cross(left._b, left._c, right._b, right._c, bb, cc);
        var ab = Cross(left._a, left._b, right._a, right._b, aa, bb);
        var ac = Cross(left._a, left._c, right._a, right._c, aa, cc);
        return new Sextic<TBase, TTower>(
            Quadratic<TBase>.Add(aa, TTower.MultiplyByNonResidue(bc)),
            Quadratic<TBase>.Add(ab, TTower.MultiplyByNonResidue(cc)),
            Quadratic<TBase>.Add(ac, bb));
    }

    public static Sextic<TBase, TTower> Square(in Sextic<TBase, TTower> value) => Multiply(value, value);

    public static Sextic<TBase, TTower> Invert(in Sextic<TBase, TTower> value)
    {
        var a = Quadratic<TBase>.Subtract(
            Quadratic<TBase>.Square(value._a), TTower.MultiplyByNonResidue(Quadratic<TBase>.Multiply(value._b, value._c)));
        var b = Quadratic<TBase>.Subtract(
            TTower.MultiplyByNonResidue(Quadratic<TBase>.Square(value._c)), Quadratic<TBase>.Multiply(value._a, value._b));
        var c = Quadratic<TBase>.Subtract(Quadratic<TBase>.Square(value._b), Quadratic<TBase>.Multiply(value._a, value._c));
        var norm = Quadratic<TBase>.Add(
            Quadratic<TBase>.Multiply(value._a, a),
            TTower.MultiplyByNonResidue(Quadratic<TBase>.Add(
                Quadratic<TBase>.Multiply(value._c, b), Quadratic<TBase>.Multiply(value._b, c))));
        return Scale(new Sextic<TBase, TTower>(a, b, c), Quadratic<TBase>.Invert(norm));
    }

    public static bool AreEqual(in Sextic<TBase, TTower> left, in Sextic<TBase, TTower> right) =>
        Quadratic<TBase>.AreEqual(left._a, right._a) && Quadratic<TBase>.AreEqual(left._b, right._b) && Quadratic<TBase>.AreEqual(left._c, right._c);

    /// <summary>Multiplies by v.</summary>
    public static Sextic<TBase, TTower> MultiplyByV(in Sextic<TBase, TTower> value) =>
        new(TTower.MultiplyByNonResidue(value._c), value._a, value._b);

    /// <summary>Multiplies all parts by an element of the quadratic extension.</summary>
    public static Sextic<TBase, TTower> Scale(in Sextic<TBase, TTower> value, in Quadratic<TBase> factor) => new(
        Quadratic<TBase>.Multiply(value._a, factor), Quadratic<TBase>.Multiply(value._b, factor), Quadratic<TBase>.Multiply(value._c, factor));

    /// <summary>Multiplies by first + second v with five multiplications.</summary>
    public static Sextic<TBase, TTower> MultiplySparse(
        in Sextic<TBase, TTower> value, in Quadratic<TBase> first, in Quadratic<TBase> second)
    {
        var aa = Quadratic<TBase>.Multiply(value._a, first);
        var bb = Quadratic<TBase>.Multiply(value._b, second);
        var cb = Quadratic<TBase>.Multiply(value._c, second);
        var ca = Quadratic<TBase>.Multiply(value._c, first);
        return new Sextic<TBase, TTower>(
            Quadratic<TBase>.Add(aa, TTower.MultiplyByNonResidue(cb)),
            Cross(value._a, value._b, first, second, aa, bb),
            Quadratic<TBase>.Add(ca, bb));
    }

    private static Quadratic<TBase> Cross(
        in Quadratic<TBase> leftOne,
        in Quadratic<TBase> leftOther,
        in Quadratic<TBase> rightOne,
        in Quadratic<TBase> rightOther,
        in Quadratic<TBase> one,
        in Quadratic<TBase> other)
    {
        var product = Quadratic<TBase>.Multiply(Quadratic<TBase>.Add(leftOne, leftOther), Quadratic<TBase>.Add(rightOne, rightOther));
        return Quadratic<TBase>.Subtract(Quadratic<TBase>.Subtract(product, one), other);
    }
}
