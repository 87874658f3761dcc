using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0a: verifies that a blob's polynomial has the value y at z. <see href="https://eips.ethereum.org/EIPS/eip-4844#point-evaluation-precompile"/></summary>
internal sealed class PointEvaluation : IPrecompile
{
    private const long Gas = 50_000;
    private const int WordBytes = 32;
    private const int InputBytes = (3 * WordBytes) + (2 * Bls12381Compression.Bytes);

    /// <summary>FIELD_ELEMENTS_PER_BLOB, the first word of the output.</summary>
    private const int FieldElementsPerBlob = 4_096;

    /// <summary>tau times the generator of the second group, from the KZG ceremony: element 1 of g2_monomial in the consensus specifications.</summary>
    private static readonly AffinePoint<Fp2> Tau = new(
        new Fp2(
            HexNumber.Residue("185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2"),
            HexNumber.Residue("15bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72")),
        new Fp2(
            HexNumber.Residue("014353bdb96b626dd7d5ee8599d1fca2131569490e28de18e82451a496a9c9794ce26d105941f383ee689bfbbb832a99"),
            HexNumber.Residue("1666c54b0a32529503432fcae0181b4bef79de09fc63671fda5ed1ba9bfa07899495346f3d7ac9cd23048ef30d0a154f")));

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Gas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != InputBytes)
        {
            return false;
        }

        var z = input.Slice(WordBytes, WordBytes);
        var y = input.Slice(2 * WordBytes, WordBytes);
        var commitment = input.Slice(3 * WordBytes, Bls12381Compression.Bytes);
        var proof = input[((3 * WordBytes) + Bls12381Compression.Bytes)..];
        if (!IsVersionedHash(input[..WordBytes], commitment)
            || z.SequenceCompareTo(Bls12381Curve.Order) >= 0
            || y.SequenceCompareTo(Bls12381Curve.Order) >= 0
            || !Verifies(commitment, z, y, proof))
        {
            return false;
        }

        var result = output.Fill(2 * WordBytes);
        result.Clear();
        result[WordBytes - 2] = FieldElementsPerBlob >> 8;
        Bls12381Curve.Order.CopyTo(result[WordBytes..]);
        return true;
    }

    private static bool IsVersionedHash(ReadOnlySpan<byte> versioned, ReadOnlySpan<byte> commitment)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(commitment, hash);
        hash[0] = Eip4844.VersionedHashVersionKzg;
        return hash.SequenceEqual(versioned);
    }

    /// <summary>e(C - y G1 + z proof, -G2) e(proof, tau G2) = 1: the equation of the specification with z moved to the first group, where it is cheaper.</summary>
    private static bool Verifies(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> z, ReadOnlySpan<byte> y, ReadOnlySpan<byte> proof)
    {
        if (!Bls12381Compression.TryRead(commitment, out var c) || !Bls12381Compression.TryRead(proof, out var p))
        {
            return false;
        }

        var value = JacobianPoint<Fp>.Multiply(new JacobianPoint<Fp>(Bls12381Curve.FirstGenerator.Negated()), y);
        var shift = JacobianPoint<Fp>.Multiply(new JacobianPoint<Fp>(p), z);
        var left = JacobianPoint<Fp>.Add(JacobianPoint<Fp>.Add(new JacobianPoint<Fp>(c), value), shift).ToAffine();
        return Pairing.IsProductOne<Fp, Bls12381Tower, Bls12381Curve>([left, p], [Bls12381Curve.SecondGenerator.Negated(), Tau]);
    }
}
