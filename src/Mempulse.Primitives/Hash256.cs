using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Primitives;

/// <summary>32 opaque bytes: a Keccak-256 hash or a content-derived id, ordered as a big-endian number.</summary>
/// <remarks><c>default</c> is the zero hash, which is valid and means "none" where a doc says so.</remarks>
public readonly record struct Hash256 : IComparable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads the value from exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span has a different length.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The hash of 32 zero bytes.</summary>
    public static Hash256 Zero => default;

    /// <summary>True for <see cref="Zero"/>.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>A copy as an array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Parses 64 hex digits, with or without "0x".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!HexText.TryRead(text, bytes))
        {
            hash = default;
            return false;
        }

        hash = new Hash256(bytes);
        return true;
    }

    /// <summary>Parses 64 hex digits, with or without "0x".</summary>
    /// <exception cref="FormatException">The text is not a valid hash.</exception>
    public static Hash256 Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException($"'{text}' is not a 32-byte hash in hex.");

    /// <inheritdoc/>
    public int CompareTo(Hash256 other)
    {
        int order = _a.CompareTo(other._a);
        if (order == 0)
        {
            order = _b.CompareTo(other._b);
        }

        if (order == 0)
        {
            order = _c.CompareTo(other._c);
        }

        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>Mixes all 256 bits with the process's random seed: peers choose the hashes they announce and must not be able to aim at one bucket.</summary>
    public override int GetHashCode() => unchecked(HashCode.Combine(
        (int)_a, (int)(_a >> 32), (int)_b, (int)(_b >> 32), (int)_c, (int)(_c >> 32), (int)_d, (int)(_d >> 32)));

    /// <summary>"0x" and 64 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return HexText.Write(bytes);
    }

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;
}
