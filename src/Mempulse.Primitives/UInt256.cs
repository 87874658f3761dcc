using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Mempulse.Primitives;

/// <summary>An unsigned 256-bit number, the word of the EVM and the width of every amount on chain.</summary>
/// <remarks><c>default</c> is zero. Limbs are least significant first.</remarks>
public readonly partial record struct UInt256 : IComparable<UInt256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;

    /// <summary>Creates the number from 64-bit limbs, least significant first.</summary>
    public UInt256(ulong limb0, ulong limb1, ulong limb2, ulong limb3)
    {
        _l0 = limb0;
        _l1 = limb1;
        _l2 = limb2;
        _l3 = limb3;
    }

    /// <summary>Zero.</summary>
    public static UInt256 Zero => default;

    /// <summary>One.</summary>
    public static UInt256 One => new(1, 0, 0, 0);

    /// <summary>2^256 - 1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for zero.</summary>
    public bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    /// <summary>True when the number fits 64 bits.</summary>
    public bool FitsUInt64 => (_l1 | _l2 | _l3) == 0;

    /// <summary>The lowest 64 bits.</summary>
    public ulong LowUInt64 => _l0;

    /// <summary>Length of the shortest big-endian form in bytes; 0 for zero.</summary>
    public int ByteLength => (BitLength + 7) / 8;

    /// <summary>Position of the highest set bit plus one; 0 for zero.</summary>
    public int BitLength
    {
        get
        {
            if (_l3 != 0)
            {
                return 256 - BitOperations.LeadingZeroCount(_l3);
            }

            if (_l2 != 0)
            {
                return 192 - BitOperations.LeadingZeroCount(_l2);
            }

            return _l1 != 0 ? 128 - BitOperations.LeadingZeroCount(_l1) : 64 - BitOperations.LeadingZeroCount(_l0);
        }
    }

    /// <summary>Reads a big-endian number of 0 to 32 bytes.</summary>
    /// <exception cref="ArgumentException">More than 32 bytes.</exception>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size)
        {
            throw new ArgumentException($"A 256-bit number has at most {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        if (bytes.Length <= sizeof(ulong)) // most numbers on chain are short
        {
            ulong low = 0;
            foreach (byte next in bytes)
            {
                low = (low << 8) | next;
            }

            return new UInt256(low, 0, 0, 0);
        }

        Span<byte> word = stackalloc byte[Size];
        word[..(Size - bytes.Length)].Clear();
        bytes.CopyTo(word[(Size - bytes.Length)..]);
        return new UInt256(
            BinaryPrimitives.ReadUInt64BigEndian(word[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(word[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(word[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(word));
    }

    /// <summary>Writes all 32 bytes, big-endian.</summary>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _l3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _l2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _l1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _l0);
    }

    /// <summary>Parses a decimal number, or a hex number with "0x".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UInt256 value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > 80 || text.Contains('\0', StringComparison.Ordinal)) // BigInteger ignores trailing NULs
        {
            return false;
        }

        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        // The leading zero stops BigInteger from reading a high first digit as a sign.
        string digits = isHex ? "0" + text[2..] : text;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (digits == "0" && isHex
            || !BigInteger.TryParse(digits, style, NumberFormatInfo.InvariantInfo, out var number)
            || number.Sign < 0
            || number.GetByteCount(isUnsigned: true) > Size)
        {
            return false;
        }

        value = FromBigEndian(number.ToByteArray(isUnsigned: true, isBigEndian: true));
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        int order = _l3.CompareTo(other._l3);
        if (order == 0)
        {
            order = _l2.CompareTo(other._l2);
        }

        if (order == 0)
        {
            order = _l1.CompareTo(other._l1);
        }

        return order != 0 ? order : _l0.CompareTo(other._l0);
    }

    /// <summary>Decimal digits, as the API writes 256-bit numbers.</summary>
    public override string ToString()
    {
        if (FitsUInt64)
        {
            return _l0.ToString(NumberFormatInfo.InvariantInfo);
        }

        Span<byte> bytes = stackalloc byte[Size];
        WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(NumberFormatInfo.InvariantInfo);
    }

    /// <summary>Widens a 64-bit number.</summary>
    public static implicit operator UInt256(ulong value) => new(value, 0, 0, 0);

    /// <summary>The same as the implicit conversion.</summary>
    public static UInt256 FromUInt64(ulong value) => new(value, 0, 0, 0);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;
}
