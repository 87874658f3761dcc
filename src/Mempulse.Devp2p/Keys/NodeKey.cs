using System.Security.Cryptography;
using Org.BouncyCastle.Math;

namespace Mempulse.Devp2p.Keys;

/// <summary>A private key: a node's static key, or the ephemeral key of one handshake.</summary>
public sealed class NodeKey
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly BigInteger _scalar;

    private NodeKey(BigInteger scalar)
    {
        _scalar = scalar;
        Id = new NodeId(Secp256k1.PublicKeyOf(scalar));
    }

    /// <summary>The public key.</summary>
    public NodeId Id { get; }

    /// <summary>Creates a random key.</summary>
    public static NodeKey Create()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BigInteger scalar;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            scalar = new BigInteger(1, bytes.ToArray());
        }
        while (!Secp256k1.IsPrivateKey(scalar)); // rejects about one in 2^127

        return new NodeKey(scalar);
    }

    /// <summary>Creates a key from 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">The length is wrong, or the number is not in [1, n).</exception>
    public static NodeKey From(ReadOnlySpan<byte> bytes)
    {
        var scalar = new BigInteger(1, bytes.ToArray());
        return bytes.Length == Size && Secp256k1.IsPrivateKey(scalar)
            ? new NodeKey(scalar)
            : throw new ArgumentException("The bytes are not a valid private key: expected 32 bytes in [1, n).", nameof(bytes));
    }

    /// <summary>Returns the 32 secret bytes; store them where only this node can read them.</summary>
    public byte[] Export()
    {
        byte[] bytes = new byte[Size];
        Secp256k1.Write(_scalar, bytes);
        return bytes;
    }

    /// <summary>Computes the ECDH shared secret, 32 bytes; false when <paramref name="other"/> is not a point on the curve.</summary>
    internal bool TryAgree(NodeId other, Span<byte> shared) => Secp256k1.TryAgree(_scalar, other.ToArray(), shared);

    /// <summary>Signs a 32-byte digest; returns r, s and the recovery id, 65 bytes.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> digest) => Secp256k1.Sign(_scalar, digest);
}
