using System.Security.Cryptography;
using Org.BouncyCastle.Math;

namespace Mempulse.Devp2p.Keys;

/// <summary>A private key: the identity of this node, or one made for a single handshake.</summary>
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

    /// <summary>A new random key.</summary>
    public static NodeKey Create()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BigInteger scalar;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            scalar = new BigInteger(1, bytes.ToArray());
        }
        while (!Secp256k1.IsPrivateKey(scalar)); // all but one in 2^127 are

        return new NodeKey(scalar);
    }

    /// <summary>The key of these 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentException">Another length, zero, or not below the order of the curve.</exception>
    public static NodeKey From(ReadOnlySpan<byte> bytes)
    {
        var scalar = new BigInteger(1, bytes.ToArray());
        return bytes.Length == Size && Secp256k1.IsPrivateKey(scalar)
            ? new NodeKey(scalar)
            : throw new ArgumentException("A private key has 32 bytes and lies between 1 and the order of the curve.", nameof(bytes));
    }

    /// <summary>The 32 bytes, to be kept where only this node reads them.</summary>
    public byte[] Export()
    {
        byte[] bytes = new byte[Size];
        Secp256k1.Write(_scalar, bytes);
        return bytes;
    }

    /// <summary>x of the point that both sides of an agreement reach. False when <paramref name="other"/> is no point.</summary>
    internal bool TryAgree(NodeId other, Span<byte> shared) => Secp256k1.TryAgree(_scalar, other.ToArray(), shared);

    /// <summary>r, s and the recovery id over 32 bytes: 65 bytes.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> digest) => Secp256k1.Sign(_scalar, digest);
}
