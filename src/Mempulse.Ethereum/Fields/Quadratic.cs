namespace Mempulse.Ethereum.Fields;

/// <summary>a + b u over a prime field, with u^2 = -1: the quadratic extension in the towers of BN254 and BLS12-381.</summary>
internal readonly struct Quadratic<TBase>(TBase a, TBase b) : IFieldElement<Quadratic<TBase>>
    where TBase : struct, IPrimeField<TBase>
{
    private readonly TBase _a = a;
    private readonly TBase _b = b;

    public static Quadratic<TBase> Zero => default;

    public static Quadratic<TBase> One => new(TBase.One, default);

    public TBase A => _a;

    public TBase B => _b;

    public bool IsZero => _a.IsZero && _b.IsZero;

    public static Quadratic<TBase> Add(in Quadratic<TBase> left, in Quadratic<TBase> right) =>
        new(TBase.Add(left._a, right._a), TBase.Add(left._b, right._b));

    public static Quadratic<TBase> Subtract(in Quadratic<TBase> left, in Quadratic<TBase> right) =>
        new(TBase.Subtract(left._a, right._a), TBase.Subtract(left._b, right._b));

    public static Quadratic<TBase> Negate(in Quadratic<TBase> value) => new(TBase.Negate(value._a), TBase.Negate(value._b));

    /// <summary>a - b u, which is also the power p.</summary>
    public static Quadratic<TBase> Conjugate(in Quadratic<TBase> value) => new(value._a, TBase.Negate(value._b));

    /// <summary>Multiplies with three multiplications instead of four (Karatsuba).</summary>
    public static Quadratic<TBase> Multiply(in Quadratic<TBase> left, in Quadratic<TBase> right)
    {
        var aa = TBase.Multiply(left._a, right._a);
        var bb = TBase.Multiply(left._b, right._b);
        var cross = TBase.Multiply(TBase.Add(left._a, left._b), TBase.Add(right._a, right._b));
        return new Quadratic<TBase>(TBase.Subtract(aa, bb), TBase.Subtract(TBase.Subtract(cross, aa), bb));
    }

    public static Quadratic<TBase> Square(in Quadratic<TBase> value)
    {
        var cross = TBase.Multiply(value._a, value._b);
        return new Quadratic<TBase>(
            TBase.Multiply(TBase.Add(value._a, value._b), TBase.Subtract(value._a, value._b)), TBase.Add(cross, cross));
    }

    public static Quadratic<TBase> Invert(in Quadratic<TBase> value)
    {
        var norm = TBase.Invert(TBase.Add(TBase.Square(value._a), TBase.Square(value._b)));
        return new Quadratic<TBase>(TBase.Multiply(value._a, norm), TBase.Negate(TBase.Multiply(value._b, norm)));
    }

    public static bool AreEqual(in Quadratic<TBase> left, in Quadratic<TBase> right) =>
        TBase.AreEqual(left._a, right._a) && TBase.AreEqual(left._b, right._b);

    /// <summary>Multiplies both parts by an element of the prime field.</summary>
    public static Quadratic<TBase> Scale(in Quadratic<TBase> value, in TBase factor) =>
        new(TBase.Multiply(value._a, factor), TBase.Multiply(value._b, factor));
}
