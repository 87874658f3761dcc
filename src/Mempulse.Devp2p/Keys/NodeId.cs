using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Keys;

/// <summary>A node's public key, 64 bytes. Not validated: a value may not be a point on the curve.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#node-identity"/>.</remarks>
public sealed record NodeId
{
    /// <summary>Length in bytes: coordinates x and y, 32 bytes each.</summary>
    public const int Size = 64;

    private readonly Hash256 _x;
    private readonly Hash256 _y;

    /// <summary>Creates an id from exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">The length is not <see cref="Size"/>.</exception>
    public NodeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"{bytes.Length} bytes are not a valid node id: expected {Size} bytes.", nameof(bytes));
        }

        _x = new Hash256(bytes[..Hash256.Size]);
        _y = new Hash256(bytes[Hash256.Size..]);
    }

    /// <summary>Parses 128 hex digits without prefix.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NodeId? id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool isHex = text is { Length: Size * 2 }
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = isHex ? new NodeId(bytes) : null;
        return isHex;
    }

    /// <summary>Writes the 64 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        _x.CopyTo(destination);
        _y.CopyTo(destination[Hash256.Size..]);
    }

    /// <summary>Returns a copy of the bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Keccak-256 of the key: the node's position in the discovery keyspace.</summary>
    public Hash256 ComputeHash() => Keccak256.Hash(ToArray());

    /// <summary>Formats 128 lower-case hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
