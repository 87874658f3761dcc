using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace Mempulse.Devp2p.Keys;

/// <summary>The secp256k1 operations of devp2p (SEC 1, SEC 2): 64-byte public keys and recoverable 65-byte signatures.</summary>
/// <remarks>The Try functions accept any bytes and return false instead of throwing.</remarks>
internal static class Secp256k1
{
    /// <summary>Length of a recoverable signature: r, s and the recovery id.</summary>
    public const int SignatureBytes = 65;

    /// <summary>Length of a compressed key: the parity of y, and x.</summary>
    public const int CompressedBytes = 33;

    private const int WordBytes = 32;
    private const byte EvenPrefix = 2;
    private const byte UncompressedPrefix = 4;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly FixedPointCombMultiplier BasePoint = new();

    public static bool IsPrivateKey(BigInteger scalar) => scalar.SignValue > 0 && scalar.CompareTo(Curve.N) < 0;

    public static byte[] PublicKeyOf(BigInteger scalar) => Encode(BasePoint.Multiply(Curve.G, scalar));

    /// <summary>ECDH (SEC 1, section 3.3.1): the x coordinate of scalar times public key. Uses libsecp256k1 if it is installed.</summary>
    public static bool TryAgree(BigInteger scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        if (!Secp256k1Agreement.IsAvailable)
        {
            return TryAgreeManaged(scalar, publicKey, shared);
        }

        Span<byte> bytes = stackalloc byte[WordBytes];
        Write(scalar, bytes);
        return Secp256k1Agreement.TryAgree(bytes, publicKey, shared[..WordBytes]);
    }

    /// <summary>ECDH in managed code, for machines without libsecp256k1.</summary>
    public static bool TryAgreeManaged(BigInteger scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        if (!TryDecode(publicKey, out var point))
        {
            return false;
        }

        var product = point.Multiply(scalar).Normalize();
        product.AffineXCoord.EncodeTo(shared);
        return true;
    }

    /// <summary>Signs a digest deterministically (RFC 6979) with a low s.</summary>
    public static byte[] Sign(BigInteger scalar, ReadOnlySpan<byte> digest)
    {
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Curve.N, scalar, digest.ToArray());
        var message = new BigInteger(1, digest.ToArray());
        while (true) // the first nonce is usable except with a chance of about 2^-127
        {
            var nonce = nonces.NextK();
            var point = BasePoint.Multiply(Curve.G, nonce).Normalize();
            var r = point.AffineXCoord.ToBigInteger();
            var s = nonce.ModInverse(Curve.N).Multiply(message.Add(r.Multiply(scalar))).Mod(Curve.N);
            if (r.CompareTo(Curve.N) >= 0 || s.SignValue == 0)
            {
                continue;
            }

            bool isHigh = s.CompareTo(Curve.N.ShiftRight(1)) > 0;
            byte[] signature = new byte[SignatureBytes];
            Write(r, signature);
            Write(isHigh ? Curve.N.Subtract(s) : s, signature.AsSpan(WordBytes));
            signature[^1] = (byte)(point.AffineYCoord.TestBitZero() != isHigh ? 1 : 0);
            return signature;
        }
    }

    /// <summary>Recovers the public key from a 65-byte signature (SEC 1, section 4.1.6).</summary>
    public static bool TryRecover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, Span<byte> publicKey)
    {
        if (signature.Length != SignatureBytes || signature[^1] > 1 || !TryReadSignature(signature[..^1], out var r, out var s))
        {
            return false;
        }

        Span<byte> compressed = stackalloc byte[CompressedBytes];
        compressed[0] = (byte)(EvenPrefix + signature[^1]);
        signature[..WordBytes].CopyTo(compressed[1..]);
        if (!TryDecodePoint(compressed, out var noncePoint))
        {
            return false;
        }

        var inverse = r.ModInverse(Curve.N);
        var digestFactor = new BigInteger(1, digest.ToArray()).Multiply(inverse).Negate().Mod(Curve.N);
        var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, digestFactor, noncePoint, s.Multiply(inverse).Mod(Curve.N)).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        Encode(key).CopyTo(publicKey);
        return true;
    }

    /// <summary>Verifies a 64-byte signature (r, s) over the digest.</summary>
    public static bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey)
    {
        if (!TryReadSignature(signature, out var r, out var s) || !TryDecode(publicKey, out var key))
        {
            return false;
        }

        var inverse = s.ModInverse(Curve.N);
        var digestFactor = new BigInteger(1, digest.ToArray()).Multiply(inverse).Mod(Curve.N);
        var point = ECAlgorithms.SumOfTwoMultiplies(Curve.G, digestFactor, key, r.Multiply(inverse).Mod(Curve.N)).Normalize();
        return !point.IsInfinity && point.AffineXCoord.ToBigInteger().Mod(Curve.N).Equals(r);
    }

    /// <summary>Decompresses a 33-byte key to 64 bytes.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, Span<byte> publicKey)
    {
        if (compressed.Length != CompressedBytes || !TryDecodePoint(compressed, out var point))
        {
            return false;
        }

        Encode(point).CopyTo(publicKey);
        return true;
    }

    /// <summary>Compresses a 64-byte key to 33 bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> publicKey)
    {
        byte[] compressed = new byte[CompressedBytes];
        compressed[0] = (byte)(EvenPrefix + (publicKey[^1] & 1));
        publicKey[..WordBytes].CopyTo(compressed.AsSpan(1));
        return compressed;
    }

    /// <summary>Keccak-256 of the key: the node id of identity scheme "v4" and of discovery.</summary>
    public static Mempulse.Primitives.Hash256 IdOf(ReadOnlySpan<byte> publicKey) => Keccak256.Hash(publicKey);

    public static void Write(BigInteger value, Span<byte> destination)
    {
        byte[] bytes = value.ToByteArrayUnsigned();
        destination[..WordBytes].Clear();
        bytes.CopyTo(destination[(WordBytes - bytes.Length)..]);
    }

    private static bool TryReadSignature(ReadOnlySpan<byte> signature, out BigInteger r, out BigInteger s)
    {
        r = s = BigInteger.Zero;
        if (signature.Length != 2 * WordBytes)
        {
            return false;
        }

        r = new BigInteger(1, signature[..WordBytes].ToArray());
        s = new BigInteger(1, signature[WordBytes..].ToArray());
        return IsPrivateKey(r) && IsPrivateKey(s); // r and s have the range of a private key: [1, n)
    }

    private static bool TryDecode(ReadOnlySpan<byte> publicKey, out ECPoint point)
    {
        Span<byte> encoded = stackalloc byte[1 + NodeId.Size];
        encoded[0] = UncompressedPrefix;
        publicKey.CopyTo(encoded[1..]);
        return TryDecodePoint(encoded, out point);
    }

    private static bool TryDecodePoint(ReadOnlySpan<byte> encoded, out ECPoint point)
    {
        try
        {
            point = Curve.Curve.DecodePoint(encoded);
            return !point.IsInfinity;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException) // BouncyCastle throws these for bytes that are not a point
        {
            point = Curve.Curve.Infinity;
            return false;
        }
    }

    private static byte[] Encode(ECPoint point) => point.GetEncoded(compressed: false)[1..];
}
