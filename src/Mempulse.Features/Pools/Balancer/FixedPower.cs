using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Balancer;

/// <summary>Powers of numbers of 18 decimals, as Balancer's LogExpMath computes them: e to the product of logarithm and exponent.</summary>
/// <remarks>
/// Both series are reduced by powers of e: 2^7 and 2^6 whole, then 2^5 to 2^-4 in 20 decimals. Near one the logarithm is taken in 36 decimals. The
/// constants are the contract's, rounded as it has them, so that every digit agrees.
/// </remarks>
internal static class FixedPower
{
    private const int WholeSteps = 2;
    private const int ExponentSteps = 10;
    private const int LastTerm = 12;

    private static readonly SignedWord s_one18 = SignedWord.Ten(18);
    private static readonly SignedWord s_one20 = SignedWord.Ten(20);
    private static readonly SignedWord s_one36 = SignedWord.Ten(36);
    private static readonly SignedWord s_mostExponent = SignedWord.Ten(18) * 130;
    private static readonly SignedWord s_leastExponent = SignedWord.Ten(18) * -41;
    private static readonly SignedWord s_nearLow = SignedWord.Ten(17) * 9;
    private static readonly SignedWord s_nearHigh = SignedWord.Ten(17) * 11;

    /// <summary>2^254 / 10^20: exponents below cannot overflow the product.</summary>
    private static readonly UInt256 s_exponentLimit = Quotient(new UInt256(0, 0, 0, 1UL << 62), s_one20.Bits);

    /// <summary>2^7, 2^6 in 18 decimals, then 2^5 to 2^-4 in 20.</summary>
    private static readonly SignedWord[] s_exponents =
    [
        Number("128000000000000000000"), Number("64000000000000000000"), Number("3200000000000000000000"), Number("1600000000000000000000"),
        Number("800000000000000000000"), Number("400000000000000000000"), Number("200000000000000000000"), Number("100000000000000000000"),
        Number("50000000000000000000"), Number("25000000000000000000"), Number("12500000000000000000"), Number("6250000000000000000"),
    ];

    /// <summary>e to each of these: the first two whole, the others in 20 decimals.</summary>
    private static readonly SignedWord[] s_powers =
    [
        Number("38877084059945950922200000000000000000000000000000000000"), Number("6235149080811616882910000000"), Number("7896296018268069516100000000000000"),
        Number("888611052050787263676000000"), Number("298095798704172827474000"), Number("5459815003314423907810"), Number("738905609893065022723"),
        Number("271828182845904523536"), Number("164872127070012814685"), Number("128402541668774148407"), Number("113314845306682631683"), Number("106449445891785942956"),
    ];

    /// <summary>The power; failed where the contract reverts.</summary>
    /// <param name="x">The base, in 18 decimals.</param>
    /// <param name="y">The exponent, in 18 decimals.</param>
    public static CheckedWord Power(in UInt256 x, in UInt256 y)
    {
        if (y.IsZero)
        {
            return s_one18.Bits;
        }

        if (x.IsZero)
        {
            return UInt256.Zero;
        }

        if (x.IsNegative || y >= s_exponentLimit)
        {
            return CheckedWord.Failed;
        }

        var (number, exponent) = (new SignedWord(x), new SignedWord(y));
        SignedWord product;
        if (IsNearOne(number))
        {
            var logarithm = LogarithmNearOne(number);
            product = (logarithm / s_one18 * exponent) + (logarithm % s_one18 * exponent / s_one18);
        }
        else
        {
            product = Logarithm(number) * exponent;
        }

        product /= s_one18;
        return product < s_leastExponent || product > s_mostExponent ? CheckedWord.Failed : Exponential(product).Bits;
    }

    private static bool IsNearOne(in SignedWord x) => x > s_nearLow && x < s_nearHigh;

    private static SignedWord Exponential(SignedWord x)
    {
        if (x.IsNegative)
        {
            return s_one36 / Exponential(-x);
        }

        SignedWord whole = 1;
        for (int i = 0; i < WholeSteps; i++)
        {
            if (x >= s_exponents[i])
            {
                x -= s_exponents[i];
                whole = s_powers[i];
                break;
            }
        }

        x *= 100;
        var product = s_one20;
        for (int i = WholeSteps; i < ExponentSteps; i++)
        {
            if (x >= s_exponents[i])
            {
                x -= s_exponents[i];
                product = product * s_powers[i] / s_one20;
            }
        }

        var sum = s_one20 + x;
        var term = x;
        for (int n = 2; n <= LastTerm; n++)
        {
            term = term * x / s_one20 / n;
            sum += term;
        }

        return product * sum / s_one20 * whole / 100;
    }

    private static SignedWord Logarithm(SignedWord x)
    {
        if (x < s_one18)
        {
            return -Logarithm(s_one36 / x);
        }

        SignedWord sum = 0;
        for (int i = 0; i < WholeSteps; i++)
        {
            if (x >= s_powers[i] * s_one18)
            {
                x /= s_powers[i];
                sum += s_exponents[i];
            }
        }

        sum *= 100;
        x *= 100;
        for (int i = WholeSteps; i < s_powers.Length; i++)
        {
            if (x >= s_powers[i])
            {
                x = x * s_one20 / s_powers[i];
                sum += s_exponents[i];
            }
        }

        return (sum + Series((x - s_one20) * s_one20 / (x + s_one20), s_one20, 11)) / 100;
    }

    /// <summary>In 36 decimals.</summary>
    private static SignedWord LogarithmNearOne(in SignedWord x)
    {
        var wide = x * s_one18;
        return Series((wide - s_one36) * s_one36 / (wide + s_one36), s_one36, 15);
    }

    /// <summary>Twice the inverse hyperbolic tangent, up to the power <paramref name="last"/>.</summary>
    private static SignedWord Series(in SignedWord z, in SignedWord one, int last)
    {
        var square = z * z / one;
        var (number, sum) = (z, z);
        for (int n = 3; n <= last; n += 2)
        {
            number = number * square / one;
            sum += number / n;
        }

        return sum * 2;
    }

    private static SignedWord Number(string digits) =>
        UInt256.TryParse(digits, out var number) ? new SignedWord(number) : throw new FormatException($"'{digits}' is not a valid number.");

    private static UInt256 Quotient(in UInt256 dividend, in UInt256 divisor)
    {
        UInt256.Divide(dividend, divisor, out var quotient);
        return quotient;
    }
}
