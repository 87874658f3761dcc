using System.Numerics;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Curve;

/// <summary>The cubic equation by which tricrypto-ng solves for a value: get_y of its mathematics, in the contract's order of operations.</summary>
/// <remarks>Where the contract checks a product for 256 bits with a sign, a larger one here fails; elsewhere its numbers are small by its own limits.</remarks>
internal ref struct CryptoCubic
{
    private const int SignBit = 255;
    private const int CubeRootRounds = 7;

    private static readonly BigInteger s_one = BigInteger.Pow(10, 18);
    private static readonly BigInteger s_one36 = BigInteger.Pow(10, 36);
    private static readonly BigInteger s_smallCube = BigInteger.Parse("115792089237316195423570985008687907853269", System.Globalization.NumberFormatInfo.InvariantInfo);

    private bool _isFailed;

    /// <summary>Solves for a value.</summary>
    /// <param name="values">The values; that of the token is not used.</param>
    /// <param name="solved">Index of the token.</param>
    /// <param name="invariant">The invariant.</param>
    /// <param name="amplification">The amplification.</param>
    /// <param name="gamma">Gamma.</param>
    /// <param name="k0">What the next invariant is guessed from; zero if Newton's method found the value.</param>
    public static CheckedWord Value(ReadOnlySpan<UInt256> values, int solved, in CheckedWord invariant, in UInt256 amplification, in UInt256 gamma, out CheckedWord k0)
    {
        int first = solved == 0 ? 1 : 0;
        int second = solved == 2 ? 1 : 2;
        var d = WideNumber.Of(invariant.Value);
        var solver = default(CryptoCubic);
        k0 = 0;
        if (!solver.TrySolve(WideNumber.Of(values[first]), WideNumber.Of(values[second]), d, WideNumber.Of(amplification), WideNumber.Of(gamma), out var root, out var k))
        {
            return solver._isFailed ? CheckedWord.Failed : CryptoInvariant.Value(values, solved, invariant, amplification, gamma);
        }

        if (solver._isFailed || root.Sign < 0 || k.Sign < 0)
        {
            return CheckedWord.Failed;
        }

        k0 = WideNumber.ToWord(k);
        var share = root * s_one / d;
        return WideNumber.ToWord(root).Where(share >= BigInteger.Pow(10, 16) - 1 && share <= BigInteger.Pow(10, 20));
    }

    /// <summary>The cube root of a number of 18 decimals, as the contract iterates it.</summary>
    public static BigInteger CubeRoot(in BigInteger x)
    {
        bool isLarge = x >= s_smallCube * s_one;
        bool isSmall = x < s_smallCube;
        var scaled = isLarge ? x : x * (isSmall ? s_one36 : s_one);
        int log = scaled.IsZero ? 0 : (int)scaled.GetBitLength() - 1;
        int rest = log % 3;
        var root = (BigInteger.One << (log / 3)) * BigInteger.Pow(1_260, rest) / BigInteger.Pow(1_000, rest);
        for (int i = 0; i < CubeRootRounds; i++)
        {
            root = ((2 * root) + (scaled / (root * root))) / 3;
        }

        return isLarge ? root * BigInteger.Pow(10, 12) : isSmall ? root : root * BigInteger.Pow(10, 6);
    }

    private bool TrySolve(in BigInteger xj, in BigInteger xk, in BigInteger d, in BigInteger ann, in BigInteger gamma, out BigInteger root, out BigInteger k0)
    {
        var gamma2 = gamma * gamma;
        var a = s_one36 / 27;
        var b = (s_one36 / 9) + (2 * s_one * gamma / 27) - (Checked(d * d / xj * gamma2 * ann) / (27 * 27) / CryptoInvariant.Multiplier / xk);
        var c = (s_one36 / 9) + (gamma * (gamma + (4 * s_one)) / 27) + (Checked(gamma2 * (xj + xk - d)) / d * ann / 27 / CryptoInvariant.Multiplier);
        var last = BigInteger.Pow(s_one + gamma, 2) / 27;
        (root, k0) = (default, default);
        if (b.IsZero)
        {
            _isFailed = true;
            return false;
        }

        Scale(ref a, ref b, ref c, ref last);
        if (b.IsZero || _isFailed)
        {
            _isFailed = true;
            return false;
        }

        if (!TryRoot(a, b, c, last, out var k))
        {
            return false;
        }

        root = Checked(Checked(Checked(d * d) / 27 / xk * d) / xj * k) / a;
        k0 = s_one * k / a;
        return true;
    }

    /// <summary>The real root, by Cardano's formula; false if the equation has three, or if it fails.</summary>
    private bool TryRoot(in BigInteger a, in BigInteger b, in BigInteger c, in BigInteger last, out BigInteger root)
    {
        var product = Checked(3 * a * c);
        var delta0 = (product / b) - b;
        var delta1 = (Checked(3 * product) / b) - (2 * b) - (Checked(Checked(27 * Checked(a * a)) / b * last) / b);
        var square = Checked(Checked(delta1 * delta1) + Checked(Checked(4 * Checked(delta0 * delta0)) / b * delta0));
        root = default;
        if (square.Sign <= 0 || _isFailed)
        {
            return false;
        }

        var rootOfSquare = IntegerRoot.Floor(square);
        var cubeOfB = b.Sign >= 0 ? CubeRoot(b) : -CubeRoot(-b);
        var second = delta1.Sign > 0 ? CubeRoot((delta1 + rootOfSquare) / 2) : -CubeRoot(-(delta1 - rootOfSquare) / 2);
        var c1 = cubeOfB * cubeOfB / s_one * second / s_one;
        if (c1.IsZero || a.IsZero)
        {
            _isFailed = true;
            return false;
        }

        root = (b + (Checked(b * delta0) / c1) - c1) / 3;
        return true;
    }

    /// <summary>Brings the coefficients to a size at which their products fit.</summary>
    private void Scale(ref BigInteger a, ref BigInteger b, ref BigInteger c, ref BigInteger last)
    {
        var size = BigInteger.Abs((Checked(3 * a * c) / b) - b);
        int digits = 0;
        for (int power = 48; power >= 20 && digits == 0; power -= 4)
        {
            digits = size > BigInteger.Pow(10, power) ? power - 18 : 0;
        }

        var divider = BigInteger.Pow(10, digits);
        if (BigInteger.Abs(a) > BigInteger.Abs(b))
        {
            var precision = BigInteger.Abs(a / b);
            (a, b, c, last) = (a * precision / divider, Checked(b * precision) / divider, Checked(c * precision) / divider, Checked(last * precision) / divider);
        }
        else
        {
            var precision = BigInteger.Abs(b / a);
            (a, b, c, last) = (a / precision / divider, b / precision / divider, c / precision / divider, last / precision / divider);
        }
    }

    /// <summary>A number that the contract checks.</summary>
    private BigInteger Checked(in BigInteger value)
    {
        _isFailed |= value.GetBitLength() > SignBit;
        return value;
    }
}
