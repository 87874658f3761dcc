using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Primitives;

/// <summary>An account of 20 bytes, ordered as a big-endian number.</summary>
/// <remarks><c>default</c> is the zero address, which is a valid account.</remarks>
public readonly record struct Address : IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly uint _c;

    /// <summary>Reads the value from exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">The span has a different length.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The account of 20 zero bytes.</summary>
    public static Address Zero => default;

    /// <summary>True for <see cref="Zero"/>.</summary>
    public bool IsZero => (_a | _b | _c) == 0;

    /// <summary>Writes the 20 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    /// <summary>The account in the low 20 bytes of a word, as the EVM reads it: the other bytes are ignored.</summary>
    public static Address OfWord(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return new Address(bytes[^Size..]);
    }

    /// <summary>The account as a word: 12 zero bytes before it.</summary>
    public UInt256 ToWord()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }

    /// <summary>A copy as an array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Parses 40 hex digits, with or without "0x".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!HexText.TryRead(text, bytes))
        {
            address = default;
            return false;
        }

        address = new Address(bytes);
        return true;
    }

    /// <summary>Parses 40 hex digits, with or without "0x".</summary>
    /// <exception cref="FormatException">The text is not a valid address.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a valid address: expected 40 hex digits, with or without 0x.");

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        int order = _a.CompareTo(other._a);
        if (order == 0)
        {
            order = _b.CompareTo(other._b);
        }

        return order != 0 ? order : _c.CompareTo(other._c);
    }

    /// <summary>Mixes all bits with the process's random seed: anyone can search for addresses and must not be able to aim at one bucket.</summary>
    public override int GetHashCode() => unchecked(HashCode.Combine(
        (int)_a, (int)(_a >> 32), (int)_b, (int)(_b >> 32), (int)_c));

    /// <summary>"0x" and 40 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return HexText.Write(bytes);
    }

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Order as big-endian numbers.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
