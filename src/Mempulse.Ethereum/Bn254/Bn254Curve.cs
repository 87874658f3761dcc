using System.Globalization;
using System.Numerics;
using Mempulse.Ethereum.Curves;
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
    public const ulong Seed = 4_965_661_367_192_848_881;

    /// <summary>6 x + 2 in signed digits, lowest first, over which the Miller loop runs: 22 of them are not zero, and 37 bits would be.</summary>
    private static readonly sbyte[] LoopDigits = SignedDigits.NonAdjacent((6 * new BigInteger(Seed)) + 2);

    /// <summary>The order of both groups.</summary>
    public static BigInteger Order { get; } =
        BigInteger.Parse("21888242871839275222246405745257275088548364400416034343698204186575808495617", NumberFormatInfo.InvariantInfo);

    /// <summary>b of the curve's equation.</summary>
    public static Fp B { get; } = Fp.From(3);

    public static LineShape Shape => LineShape.DivisorTwist;

    public static Fp2 TwistB { get; } = Fp2.Multiply(new Fp2(Fp.From(3), default), Fp2.Invert(Bn254Tower.NonResidue));

    public static Fp12 MillerLoop(ReadOnlySpan<AffinePoint<Fp>> firsts, ReadOnlySpan<AffinePoint<Fp2>> seconds)
    {
        var running = new TwistPoint<Fp, Bn254Tower, Bn254Curve>[firsts.Length];
        for (int i = 0; i < running.Length; i++)
        {
            running[i] = new TwistPoint<Fp, Bn254Tower, Bn254Curve>(seconds[i]);
        }

        var result = Fp12.One;
        for (int at = LoopDigits.Length - 2; at >= 0; at--)
        {
            result = Fp12.Square(result);
            for (int i = 0; i < running.Length; i++)
            {
                running[i].Double(firsts[i], ref result);
                if (LoopDigits[at] != 0)
                {
                    running[i].Add(LoopDigits[at] > 0 ? seconds[i] : seconds[i].Negated(), firsts[i], ref result);
                }
            }
        }

        for (int i = 0; i < running.Length; i++)
        {
            var once = Bn254Group.Psi(seconds[i]);
            running[i].Add(once, firsts[i], ref result);
            running[i].Add(Bn254Group.Psi(once).Negated(), firsts[i], ref result);
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
}
