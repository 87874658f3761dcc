using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Ethereum.Kzg;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0a: the point evaluation precompile, verifies a KZG proof that a blob's polynomial has the value y at z.</summary>
/// <remarks><see href="https://eips.ethereum.org/EIPS/eip-4844#point-evaluation-precompile"/></remarks>
internal sealed class PointEvaluation : IPrecompile
{
    private const long Gas = 50_000;
    private const int WordBytes = 32;
    private const int InputBytes = (3 * WordBytes) + (2 * Bls12381Compression.Bytes);

    /// <summary>FIELD_ELEMENTS_PER_BLOB, the first word of the output.</summary>
    private const int FieldElementsPerBlob = 4_096;

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

    /// <summary>Checks e(C - y G1 + z proof, -G2) e(proof, tau G2) = 1: the equation of the EIP with z moved to G1, where it is cheaper.</summary>
    private static bool Verifies(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> z, ReadOnlySpan<byte> y, ReadOnlySpan<byte> proof)
    {
        if (!Bls12381Compression.TryRead(commitment, out var c) || !Bls12381Compression.TryRead(proof, out var p))
        {
            return false;
        }

        var left = JacobianPoint<Fp>.Add(Bls12381Sum.OfFirst([Bls12381Curve.FirstGenerator.Negated(), p], [.. y, .. z]), c).ToAffine();
        return Pairing.IsProductOne<Fp, Bls12381Tower, Bls12381Curve>([left, p], [Bls12381Curve.SecondGenerator.Negated(), TrustedSetup.Tau]);
    }
}
