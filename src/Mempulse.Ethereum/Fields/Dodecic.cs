using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>a + b w with w^2 = v: the extension field of degree 12, which holds the results of pairings.</summary>
internal readonly struct Dodecic<TBase, TTower>(Sextic<TBase, TTower> a, Sextic<TBase, TTower> b) : IFieldElement<Dodecic<TBase, TTower>>
    where TBase : struct, IPrimeField<TBase>
    where TTower : struct, ITower<TBase>
{
    /// <summary>xi^(k (p - 1) / 6) for k from 0 to 5: the factors that the Frobenius map applies to w^k.</summary>
    private static readonly Quadratic<TBase>[] FrobeniusFactors = MakeFrobeniusFactors();

    private readonly Sextic<TBase, TTower> _a = a;
    private readonly Sextic<TBase, TTower> _b = b;

    public static Dodecic<TBase, TTower> Zero => default;

    public static Dodecic<TBase, TTower> One => new(Sextic<TBase, TTower>.One, default);

    public bool IsZero => _a.IsZero && _b.IsZero;

    public static Dodecic<TBase, TTower> Add(in Dodecic<TBase, TTower> left, in Dodecic<TBase, TTower> right) =>
        new(Sextic<TBase, TTower>.Add(left._a, right._a), Sextic<TBase, TTower>.Add(left._b, right._b));

    public static Dodecic<TBase, TTower> Subtract(in Dodecic<TBase, TTower> left, in Dodecic<TBase, TTower> right) =>
        new(Sextic<TBase, TTower>.Subtract(left._a, right._a), Sextic<TBase, TTower>.Subtract(left._b, right._b));

    public static Dodecic<TBase, TTower> Negate(in Dodecic<TBase, TTower> value) =>
        new(Sextic<TBase, TTower>.Negate(value._a), Sextic<TBase, TTower>.Negate(value._b));

    public static Dodecic<TBase, TTower> Multiply(in Dodecic<TBase, TTower> left, in Dodecic<TBase, TTower> right)
    {
        var aa = Sextic<TBase, TTower>.Multiply(left._a, right._a);
        var bb = Sextic<TBase, TTower>.Multiply(left._b, right._b);
        var cross = Sextic<TBase, TTower>.Multiply(
            Sextic<TBase, TTower>.Add(left._a, left._b), Sextic<TBase, TTower>.Add(right._a, right._b));
        return Join(aa, bb, cross);
    }

    /// <summary>Squares with two multiplications: (a + b)(a + v b) minus ab and v ab; and twice ab.</summary>
    public static Dodecic<TBase, TTower> Square(in Dodecic<TBase, TTower> value)
    {
        var ab = Sextic<TBase, TTower>.Multiply(value._a, value._b);
        var product = Sextic<TBase, TTower>.Multiply(
            Sextic<TBase, TTower>.Add(value._a, value._b),
            Sextic<TBase, TTower>.Add(value._a, Sextic<TBase, TTower>.MultiplyByV(value._b)));
        return new Dodecic<TBase, TTower>(
            Sextic<TBase, TTower>.Subtract(Sextic<TBase, TTower>.Subtract(product, ab), Sextic<TBase, TTower>.MultiplyByV(ab)),
            Sextic<TBase, TTower>.Add(ab, ab));
    }

    /// <summary>Multiplies by the line height + (slope + constant v) w of a D-type twist, with 13 multiplications instead of 18.</summary>
    public static Dodecic<TBase, TTower> MultiplyDivisorLine(
        in Dodecic<TBase, TTower> value, in Quadratic<TBase> height, in Quadratic<TBase> slope, in Quadratic<TBase> constant)
    {
        var aa = Sextic<TBase, TTower>.Scale(value._a, height);
        var bb = Sextic<TBase, TTower>.MultiplySparse(value._b, slope, constant);
        var cross = Sextic<TBase, TTower>.MultiplySparse(
            Sextic<TBase, TTower>.Add(value._a, value._b), Quadratic<TBase>.Add(height, slope), constant);
        return Join(aa, bb, cross);
    }

    /// <summary>Multiplies by the line constant + slope v + height v w of an M-type twist, with 13 multiplications instead of 18.</summary>
    public static Dodecic<TBase, TTower> MultiplyMultiplierLine(
        in Dodecic<TBase, TTower> value, in Quadratic<TBase> constant, in Quadratic<TBase> slope, in Quadratic<TBase> height)
    {
        var aa = Sextic<TBase, TTower>.MultiplySparse(value._a, constant, slope);
        var bb = Sextic<TBase, TTower>.MultiplyByV(Sextic<TBase, TTower>.Scale(value._b, height));
        var cross = Sextic<TBase, TTower>.MultiplySparse(
            Sextic<TBase, TTower>.Add(value._a, value._b), constant, Quadratic<TBase>.Add(slope, height));
        return Join(aa, bb, cross);
    }

    /// <summary>
    /// Squares an element of the cyclotomic subgroup, where the easy part of the final exponentiation ends, with half the work of
    /// a general squaring (Granger and Scott, Faster squaring in the cyclotomic subgroup, 2009).
    /// </summary>
    public static Dodecic<TBase, TTower> SquareCyclotomic(in Dodecic<TBase, TTower> value)
    {
        var (a, b) = SquareFourth(value._a.A, value._b.B);
        var (c, d) = SquareFourth(value._b.A, value._a.C);
        var (e, f) = SquareFourth(value._a.B, value._b.C);
        return new Dodecic<TBase, TTower>(
            new Sextic<TBase, TTower>(ThriceLess(a, value._a.A), ThriceLess(c, value._a.B), ThriceLess(e, value._a.C)),
            new Sextic<TBase, TTower>(
                ThriceMore(TTower.MultiplyByNonResidue(f), value._b.A), ThriceMore(b, value._b.B), ThriceMore(d, value._b.C)));
    }

    /// <summary>Raises an element of the cyclotomic subgroup to a power; the exponent is not zero.</summary>
    public static Dodecic<TBase, TTower> RaiseCyclotomic(in Dodecic<TBase, TTower> value, ulong exponent)
    {
        var result = value;
        for (int bit = BitOperations.Log2(exponent) - 1; bit >= 0; bit--)
        {
            result = SquareCyclotomic(result);
            if (((exponent >> bit) & 1) != 0)
            {
                result = Multiply(result, value);
            }
        }

        return result;
    }

    public static Dodecic<TBase, TTower> Invert(in Dodecic<TBase, TTower> value)
    {
        var norm = Sextic<TBase, TTower>.Invert(Sextic<TBase, TTower>.Subtract(
            Sextic<TBase, TTower>.Square(value._a), Sextic<TBase, TTower>.MultiplyByV(Sextic<TBase, TTower>.Square(value._b))));
        return new Dodecic<TBase, TTower>(
            Sextic<TBase, TTower>.Multiply(value._a, norm), Sextic<TBase, TTower>.Negate(Sextic<TBase, TTower>.Multiply(value._b, norm)));
    }

    public static bool AreEqual(in Dodecic<TBase, TTower> left, in Dodecic<TBase, TTower> right) =>
        Sextic<TBase, TTower>.AreEqual(left._a, right._a) && Sextic<TBase, TTower>.AreEqual(left._b, right._b);

    /// <summary>a - b w, which is the power p^6; in the cyclotomic subgroup it is the inverse.</summary>
    public static Dodecic<TBase, TTower> Conjugate(in Dodecic<TBase, TTower> value) => new(value._a, Sextic<TBase, TTower>.Negate(value._b));

    /// <summary>The Frobenius map: the power p.</summary>
    public static Dodecic<TBase, TTower> Frobenius(in Dodecic<TBase, TTower> value) => new(
        new Sextic<TBase, TTower>(Twist(value._a.A, 0), Twist(value._a.B, 2), Twist(value._a.C, 4)),
        new Sextic<TBase, TTower>(Twist(value._b.A, 1), Twist(value._b.B, 3), Twist(value._b.C, 5)));

    private static Dodecic<TBase, TTower> Join(in Sextic<TBase, TTower> aa, in Sextic<TBase, TTower> bb, in Sextic<TBase, TTower> cross) => new(
        Sextic<TBase, TTower>.Add(aa, Sextic<TBase, TTower>.MultiplyByV(bb)),
        Sextic<TBase, TTower>.Subtract(Sextic<TBase, TTower>.Subtract(cross, aa), bb));

    /// <summary>Squares a + b s with s^2 = xi.</summary>
    private static (Quadratic<TBase> A, Quadratic<TBase> B) SquareFourth(in Quadratic<TBase> a, in Quadratic<TBase> b)
    {
        var aa = Quadratic<TBase>.Square(a);
        var bb = Quadratic<TBase>.Square(b);
        var sum = Quadratic<TBase>.Square(Quadratic<TBase>.Add(a, b));
        return (Quadratic<TBase>.Add(aa, TTower.MultiplyByNonResidue(bb)), Quadratic<TBase>.Subtract(Quadratic<TBase>.Subtract(sum, aa), bb));
    }

    /// <summary>3 square - 2 value.</summary>
    private static Quadratic<TBase> ThriceLess(in Quadratic<TBase> square, in Quadratic<TBase> value)
    {
        var less = Quadratic<TBase>.Subtract(square, value);
        return Quadratic<TBase>.Add(Quadratic<TBase>.Add(less, less), square);
    }

    /// <summary>3 square + 2 value.</summary>
    private static Quadratic<TBase> ThriceMore(in Quadratic<TBase> square, in Quadratic<TBase> value)
    {
        var more = Quadratic<TBase>.Add(square, value);
        return Quadratic<TBase>.Add(Quadratic<TBase>.Add(more, more), square);
    }

    private static Quadratic<TBase> Twist(in Quadratic<TBase> value, int power) =>
        Quadratic<TBase>.Multiply(Quadratic<TBase>.Conjugate(value), FrobeniusFactors[power]);

    private static Quadratic<TBase>[] MakeFrobeniusFactors()
    {
        var factors = new Quadratic<TBase>[6];
        var first = FieldPower.Raise(TTower.NonResidue, (TBase.Modulus - BigInteger.One) / 6);
        factors[0] = Quadratic<TBase>.One;
        for (int i = 1; i < factors.Length; i++)
        {
            factors[i] = Quadratic<TBase>.Multiply(factors[i - 1], first);
        }

        return factors;
    }
}
