using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mempulse.Primitives;

/// <summary>Bits and bytes of the word.</summary>
public readonly partial record struct UInt256
{
    private const int LimbCount = 4;

    /// <summary>Every bit inverted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Complement(in UInt256 value, out UInt256 result) =>
        result = new UInt256(~value._l0, ~value._l1, ~value._l2, ~value._l3);

    /// <summary>The bits set in both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void And(in UInt256 left, in UInt256 right, out UInt256 result) =>
        result = new UInt256(left._l0 & right._l0, left._l1 & right._l1, left._l2 & right._l2, left._l3 & right._l3);

    /// <summary>The bits set in either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Or(in UInt256 left, in UInt256 right, out UInt256 result) =>
        result = new UInt256(left._l0 | right._l0, left._l1 | right._l1, left._l2 | right._l2, left._l3 | right._l3);

    /// <summary>The bits set in one of them only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Xor(in UInt256 left, in UInt256 right, out UInt256 result) =>
        result = new UInt256(left._l0 ^ right._l0, left._l1 ^ right._l1, left._l2 ^ right._l2, left._l3 ^ right._l3);

    /// <summary>Copies limb by limb, so that limbs that were just written are not read as a vector, which would wait for all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(in UInt256 value, out UInt256 result) => result = new UInt256(value._l0, value._l1, value._l2, value._l3);

    /// <summary>Exchanges two words, limb by limb as <see cref="Copy"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(ref UInt256 left, ref UInt256 right)
    {
        var (l0, l1, l2, l3) = (left._l0, left._l1, left._l2, left._l3);
        left = new UInt256(right._l0, right._l1, right._l2, right._l3);
        right = new UInt256(l0, l1, l2, l3);
    }

    /// <summary>Shifted left; <paramref name="bits"/> is 0 to 255.</summary>
    public static void ShiftLeft(in UInt256 value, int bits, out UInt256 result)
    {
        int within = bits & 63;
        // C# masks shift counts to 6 bits, so a carry of 64 - n bits is shifted in two steps.
        int back = 63 - within;
        ulong a = value._l0 << within;
        ulong b = (value._l1 << within) | (value._l0 >> 1 >> back);
        ulong c = (value._l2 << within) | (value._l1 >> 1 >> back);
        ulong d = (value._l3 << within) | (value._l2 >> 1 >> back);
        result = (bits >> 6) switch
        {
            0 => new UInt256(a, b, c, d),
            1 => new UInt256(0, a, b, c),
            2 => new UInt256(0, 0, a, b),
            _ => new UInt256(0, 0, 0, a),
        };
    }

    /// <summary>Logical shift right; <paramref name="bits"/> is 0 to 255.</summary>
    public static void ShiftRight(in UInt256 value, int bits, out UInt256 result) => ShiftRight(value, bits, 0, out result);

    /// <summary>Arithmetic shift right; <paramref name="bits"/> is 0 to 255.</summary>
    public static void ShiftRightSigned(in UInt256 value, int bits, out UInt256 result) =>
        ShiftRight(value, bits, value.IsNegative ? ulong.MaxValue : 0, out result);

    /// <summary>The byte at <paramref name="index"/>, 0 being the most significant of 32.</summary>
    public byte ByteAt(int index) => unchecked((byte)(Limb(3 - (index >> 3)) >> (56 - ((index & 7) << 3)))); // only the low byte is wanted

    /// <summary>Sign extension of a number of <paramref name="byteIndex"/> + 1 bytes; <paramref name="byteIndex"/> is 0 to 30.</summary>
    public static void SignExtend(in UInt256 value, int byteIndex, out UInt256 result)
    {
        int bits = 256 - ((byteIndex + 1) << 3);
        ShiftLeft(value, bits, out var high);
        ShiftRightSigned(high, bits, out result);
    }

    /// <summary>Number of zero bits above the highest set one; 256 for zero.</summary>
    public int LeadingZeroCount => 256 - BitLength;

    /// <summary>Number of zero bits below the lowest set one; 256 for zero.</summary>
    public int TrailingZeroCount
    {
        get
        {
            if (_l0 != 0)
            {
                return BitOperations.TrailingZeroCount(_l0);
            }

            if (_l1 != 0)
            {
                return 64 + BitOperations.TrailingZeroCount(_l1);
            }

            return _l2 != 0 ? 128 + BitOperations.TrailingZeroCount(_l2) : 192 + BitOperations.TrailingZeroCount(_l3);
        }
    }

    /// <summary>Reads 32 big-endian bytes, starting at <paramref name="source"/>.</summary>
    /// <remarks>The caller guarantees 32 readable bytes: the interpreter has checked its memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadWord(ref readonly byte source, out UInt256 value)
    {
        ref byte at = ref Unsafe.AsRef(in source);
        value = new UInt256(
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, 24))),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, 16))),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, 8))),
            BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref at)));
    }

    /// <summary>Writes 32 big-endian bytes, starting at <paramref name="destination"/>.</summary>
    /// <remarks>The caller guarantees 32 writable bytes: the interpreter has checked its memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteWord(ref byte destination, in UInt256 value)
    {
        Unsafe.WriteUnaligned(ref destination, BinaryPrimitives.ReverseEndianness(value._l3));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 8), BinaryPrimitives.ReverseEndianness(value._l2));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 16), BinaryPrimitives.ReverseEndianness(value._l1));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, 24), BinaryPrimitives.ReverseEndianness(value._l0));
    }

    private static void ShiftRight(in UInt256 value, int bits, ulong fill, out UInt256 result)
    {
        int within = bits & 63;
        int back = 63 - within;
        ulong a = (value._l0 >> within) | (value._l1 << 1 << back);
        ulong b = (value._l1 >> within) | (value._l2 << 1 << back);
        ulong c = (value._l2 >> within) | (value._l3 << 1 << back);
        ulong d = (value._l3 >> within) | (fill << 1 << back);
        result = (bits >> 6) switch
        {
            0 => new UInt256(a, b, c, d),
            1 => new UInt256(b, c, d, fill),
            2 => new UInt256(c, d, fill, fill),
            _ => new UInt256(d, fill, fill, fill),
        };
    }

    private void CopyLimbs(Span<ulong> limbs)
    {
        limbs[0] = _l0;
        limbs[1] = _l1;
        limbs[2] = _l2;
        limbs[3] = _l3;
    }
}
