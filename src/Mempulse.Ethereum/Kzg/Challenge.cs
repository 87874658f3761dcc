using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Fr = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bls12381.Bls12381Order>;

namespace Mempulse.Ethereum.Kzg;

/// <summary>Replaces a verifier's random numbers by hashes of everything that the prover chose (Fiat and Shamir, 1986).</summary>
internal static class Challenge
{
    private const int FieldElementsPerBlob = 4_096;
    private const int DegreeBytes = 16;

    /// <summary>FIAT_SHAMIR_PROTOCOL_DOMAIN.</summary>
    private static ReadOnlySpan<byte> BlobDomain => "FSBLOBVERIFY_V1_"u8;

    /// <summary>Returns the point at which a blob is opened: compute_challenge of EIP-4844, which the prover used too.</summary>
    public static Fr EvaluationPoint(ReadOnlySpan<byte> blob, ReadOnlySpan<byte> commitment)
    {
        Span<byte> degree = stackalloc byte[DegreeBytes];
        degree.Clear();
        BinaryPrimitives.WriteInt32BigEndian(degree[^sizeof(int)..], FieldElementsPerBlob);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BlobDomain);
        hash.AppendData(degree);
        hash.AppendData(blob);
        hash.AppendData(commitment);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Fr.From(new BigInteger(digest, isUnsigned: true, isBigEndian: true));
    }

    /// <summary>Computes the seed of a batch's weights. Only this verifier sees the weights, so they need not be those of the specification.</summary>
    public static void Seed(ReadOnlySpan<byte> sidecar, Span<byte> seed) => SHA256.HashData(sidecar, seed);

    /// <summary>Returns the weight of one opening of a batch, below 2^128.</summary>
    public static Fr Weight(ReadOnlySpan<byte> seed, int index)
    {
        Span<byte> input = stackalloc byte[SHA256.HashSizeInBytes + sizeof(int)];
        seed.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[SHA256.HashSizeInBytes..], index);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, digest);
        digest[..^OpeningBatch.WeightBytes].Clear();
        return Fr.TryRead(digest, out var weight) ? weight : Fr.One; // 128 bits are always below the order
    }
}
