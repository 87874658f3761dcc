using System.Globalization;
using System.Numerics;
using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Fields;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;
using Fp12 = Mempulse.Ethereum.Fields.Dodecic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>, Mempulse.Ethereum.Bn254.Bn254Tower>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>The curve y^2 = x^3 + 3, its twist and its optimal ate pairing (EIP-196, EIP-197).</summary>
/// <remarks>
/// Vercauteren, Optimal pairings, 2008; the hard part of the final exponentiation after Fuentes-Castaneda and others, Faster hashing to
/// G2, 2011.
/// </remarks>
internal readonly struct Bn254Curve : IPairingCurve<Fp, Bn254Tower>
{
    /// <summary>The seed x of the curve family.</summary>
    private const ulong Seed = 4_965_661_367_192_848_881;

    /// <summary>6 x + 2, over whose bits the Miller loop runs.</summary>
    private static readonly BigInteger LoopCount = (6 * new BigInteger(Seed)) + 2;

    /// <summary>xi^((p - 1) / 3) and xi^((p - 1) / 2): the factors that the Frobenius map applies to the conjugated coordinates on the twist.</summary>
    private static readonly Fp2 TwistX = FieldPower.Raise(Bn254Tower.NonResidue, (Bn254Prime.Value - 1) / 3);
    private static readonly Fp2 TwistY = FieldPower.Raise(Bn254Tower.NonResidue, (Bn254Prime.Value - 1) / 2);

    /// <summary>The order of both groups.</summary>
    public static BigInteger Order { get; } =
        BigInteger.Parse("21888242871839275222246405745257275088548364400416034343698204186575808495617", NumberFormatInfo.InvariantInfo);

    /// <summary>b of the curve's equation.</summary>
    public static Fp B { get; } = Fp.From(3);

    public static LineShape Shape => LineShape.DivisorTwist;

    public static Fp2 TwistB { get; } = Fp2.Multiply(new Fp2(Fp.From(3), default), Fp2.Invert(Bn254Tower.NonResidue));

    public static Fp Half { get; } = Fp.Invert(Fp.From(2));

    public static Fp12 MillerLoop(ReadOnlySpan<AffinePoint<Fp>> firsts, ReadOnlySpan<AffinePoint<Fp2>> seconds)
    {
        var running = new TwistPoint<Fp, Bn254Tower, Bn254Curve>[firsts.Length];
        for (int i = 0; i < running.Length; i++)
        {
            running[i] = new TwistPoint<Fp, Bn254Tower, Bn254Curve>(seconds[i]);
        }

        var result = Fp12.One;
        for (int bit = (int)LoopCount.GetBitLength() - 2; bit >= 0; bit--)
        {
            result = Fp12.Square(result);
            bool isSet = !((LoopCount >> bit) & 1).IsZero;
            for (int i = 0; i < running.Length; i++)
            {
                running[i].Double(firsts[i], ref result);
                if (isSet)
                {
                    running[i].Add(seconds[i], firsts[i], ref result);
                }
            }
        }

        for (int i = 0; i < running.Length; i++)
        {
            var once = Frobenius(seconds[i]);
            running[i].Add(once, firsts[i], ref result);
            running[i].Add(Frobenius(once).Negated(), firsts[i], ref result);
        }

        return result;
    }

    public static Fp12 FinalExponentiation(in Fp12 value)
    {
        var r = Pairing.EasyPart(value);
        var y0 = RaiseToMinusSeed(r);
        var y1 = Fp12.Square(y0);
        var y3 = Fp12.Multiply(Fp12.Square(y1), y1);
        var y4 = RaiseToMinusSeed(y3);
        var y6 = Fp12.Conjugate(RaiseToMinusSeed(Fp12.Square(y4)));
        var y8 = Fp12.Multiply(Fp12.Multiply(y6, y4), Fp12.Conjugate(y3));
        var y9 = Fp12.Multiply(y8, y1);
        var y11 = Fp12.Multiply(Fp12.Multiply(y8, y4), r);
        var y13 = Fp12.Multiply(Fp12.Frobenius(y9), y11);
        var y14 = Fp12.Multiply(Fp12.Frobenius(Fp12.Frobenius(y8)), y13);
        var y15 = Fp12.Multiply(Fp12.Conjugate(r), y9);
        return Fp12.Multiply(Fp12.Frobenius(Fp12.Frobenius(Fp12.Frobenius(y15))), y14);
    }

    private static Fp12 RaiseToMinusSeed(in Fp12 value) => Fp12.Conjugate(Fp12.RaiseCyclotomic(value, Seed));

    private static AffinePoint<Fp2> Frobenius(in AffinePoint<Fp2> point) =>
        new(Fp2.Multiply(Fp2.Conjugate(point.X), TwistX), Fp2.Multiply(Fp2.Conjugate(point.Y), TwistY));
}
