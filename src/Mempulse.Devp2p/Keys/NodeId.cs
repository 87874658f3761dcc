using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Keys;

/// <summary>A node's public key, 64 bytes: its name on the network. Not every value is a point of the curve.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#node-identity"/>.</remarks>
public sealed record NodeId
{
    /// <summary>Length in bytes: the coordinates x and y.</summary>
    public const int Size = 64;

    private readonly Hash256 _x;
    private readonly Hash256 _y;

    /// <summary>Takes exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public NodeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A node id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _x = new Hash256(bytes[..Hash256.Size]);
        _y = new Hash256(bytes[Hash256.Size..]);
    }

    /// <summary>Reads 128 hex digits.</summary>
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

    /// <summary>A copy as an array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>keccak256 of the key: the node's place in discovery.</summary>
    public Hash256 ComputeHash() => Keccak256.Hash(ToArray());

    /// <summary>128 lower-case hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
