using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp12 = Mempulse.Ethereum.Fields.Dodecic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>, Mempulse.Ethereum.Bls12381.Bls12381Tower>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The curve y^2 = x^3 + 4, its twist and its optimal ate pairing.</summary>
/// <remarks>
/// <see href="https://eips.ethereum.org/EIPS/eip-2537"/>. The third power of the final exponentiation's hard part is computed, after
/// Hayashida and others, Efficient final exponentiation, 2020 (<see href="https://eprint.iacr.org/2020/875"/>).
/// </remarks>
internal readonly struct Bls12381Curve : IPairingCurve<Fp, Bls12381Tower>
{
    /// <summary>Magnitude of the curve family's seed x, which is negative.</summary>
    public const ulong SeedMagnitude = 0xd201_0000_0001_0000;

    private const int SeedBits = 64;

    /// <summary>The order of both groups, big-endian.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0x73, 0xed, 0xa7, 0x53, 0x29, 0x9d, 0x7d, 0x48, 0x33, 0x39, 0xd8, 0x08, 0x09, 0xa1, 0xd8, 0x05,
        0x53, 0xbd, 0xa4, 0x02, 0xff, 0xfe, 0x5b, 0xfe, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01,
    ];

    /// <summary>b of the curve's equation.</summary>
    public static Fp B { get; } = Fp.From(4);

    public static LineShape Shape => LineShape.MultiplierTwist;

    public static Fp2 TwistB { get; } = new(Fp.From(4), Fp.From(4));

    /// <summary>The standard generator of G1.</summary>
    public static AffinePoint<Fp> FirstGenerator { get; } = new(
        HexNumber.Residue("17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"),
        HexNumber.Residue("08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1"));

    /// <summary>The standard generator of G2.</summary>
    public static AffinePoint<Fp2> SecondGenerator { get; } = new(
        new Fp2(
            HexNumber.Residue("024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"),
            HexNumber.Residue("13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e")),
        new Fp2(
            HexNumber.Residue("0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801"),
            HexNumber.Residue("0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be")));

    public static Fp12 MillerLoop(ReadOnlySpan<AffinePoint<Fp>> firsts, ReadOnlySpan<AffinePoint<Fp2>> seconds)
    {
        var running = new TwistPoint<Fp, Bls12381Tower, Bls12381Curve>[firsts.Length];
        for (int i = 0; i < running.Length; i++)
        {
            running[i] = new TwistPoint<Fp, Bls12381Tower, Bls12381Curve>(seconds[i]);
        }

        var result = Fp12.One;
        for (int bit = SeedBits - 2; bit >= 0; bit--)
        {
            result = Fp12.Square(result);
            bool isSet = ((SeedMagnitude >> bit) & 1) != 0;
            for (int i = 0; i < running.Length; i++)
            {
                running[i].Double(firsts[i], ref result);
                if (isSet)
                {
                    running[i].Add(seconds[i], firsts[i], ref result);
                }
            }
        }

        return Fp12.Conjugate(result);
    }

    public static Fp12 FinalExponentiation(in Fp12 value)
    {
        var r = Pairing.EasyPart(value);
        var y1 = Fp12.Multiply(RaiseToSeed(r), Fp12.Conjugate(r));
        y1 = Fp12.Multiply(RaiseToSeed(y1), Fp12.Conjugate(y1));
        y1 = Fp12.Multiply(RaiseToSeed(y1), Fp12.Frobenius(y1));
        var cube = Fp12.Multiply(r, Fp12.Square(r));
        var y2 = RaiseToSeed(RaiseToSeed(y1));
        var y0 = Fp12.Frobenius(Fp12.Frobenius(y1));
        return Fp12.Multiply(cube, Fp12.Multiply(Fp12.Multiply(Fp12.Conjugate(y1), y2), y0));
    }

    private static Fp12 RaiseToSeed(in Fp12 value) => Fp12.Conjugate(Fp12.RaiseCyclotomic(value, SeedMagnitude));
}
