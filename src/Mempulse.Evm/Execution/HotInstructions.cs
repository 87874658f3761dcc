using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The instructions that the loop executes inline, without the table.</summary>
/// <remarks>The loop has checked the stack. Binary instructions take the top word and the word below it, and leave the result in the latter.</remarks>
internal static class HotInstructions
{
    private const ulong WordBits = 256;
    private const int BitsOfByte = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref UInt256 top) => UInt256.AddWrapping(top, Below(ref top), out Below(ref top));

    public static void Mul(ref UInt256 top) => UInt256.MultiplyWrapping(top, Below(ref top), out Below(ref top));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sub(ref UInt256 top) => UInt256.SubtractWrapping(top, Below(ref top), out Below(ref top));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lt(ref UInt256 top) => Below(ref top) = UInt256.IsLess(top, Below(ref top)) ? 1UL : 0UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gt(ref UInt256 top) => Below(ref top) = UInt256.IsLess(Below(ref top), top) ? 1UL : 0UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Eq(ref UInt256 top) => Below(ref top) = Bits(ref top) == Bits(ref Below(ref top)) ? 1UL : 0UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void And(ref UInt256 top) => Bits(ref Below(ref top)) &= Bits(ref top);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Or(ref UInt256 top) => Bits(ref Below(ref top)) |= Bits(ref top);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Xor(ref UInt256 top) => Bits(ref Below(ref top)) ^= Bits(ref top);

    public static void Shl(ref UInt256 top)
    {
        ref var value = ref Below(ref top);
        if (top.FitsUInt64 && top.LowUInt64 < WordBits)
        {
            UInt256.ShiftLeft(value, (int)top.LowUInt64, out value);
            return;
        }

        value = default;
    }

    public static void Shr(ref UInt256 top)
    {
        ref var value = ref Below(ref top);
        if (top.FitsUInt64 && top.LowUInt64 < WordBits)
        {
            UInt256.ShiftRight(value, (int)top.LowUInt64, out value);
            return;
        }

        value = default;
    }

    /// <summary>MLOAD within existing memory; false when memory has to be expanded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLoad(ref Machine m, ref UInt256 top)
    {
        if (!IsWithin(ref m, top))
        {
            return false;
        }

        UInt256.ReadWord(ref Unsafe.Add(ref m.Memory, (nint)top.LowUInt64), out top);
        return true;
    }

    /// <summary>MSTORE within existing memory; false when memory has to be expanded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ref Machine m, ref UInt256 top)
    {
        if (!IsWithin(ref m, top))
        {
            return false;
        }

        UInt256.WriteWord(ref Unsafe.Add(ref m.Memory, (nint)top.LowUInt64), Below(ref top));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong TwoBytes(ref byte at) => ((ulong)at << BitsOfByte) | Unsafe.Add(ref at, 1);

    /// <summary>Reads a big-endian immediate of <paramref name="length"/> bytes, 1 to 32. Padding makes 32 bytes readable at any code position.</summary>
    public static void Push(ref byte at, int length, out UInt256 value)
    {
        UInt256.ReadWord(ref at, out value);
        if (length < UInt256.Size)
        {
            UInt256.ShiftRight(value, (UInt256.Size - length) * BitsOfByte, out value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref UInt256 source, ref UInt256 target) => Bits(ref target) = Bits(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(ref UInt256 deep, ref UInt256 top)
    {
        var kept = Bits(ref deep);
        Bits(ref deep) = Bits(ref top);
        Bits(ref top) = kept;
    }

    /// <summary>Compares as unsigned: bytecode controls the offset, and a checked conversion to a signed integer could throw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWithin(ref Machine m, in UInt256 offset) =>
        m.MemorySize >= UInt256.Size && offset.FitsUInt64 && offset.LowUInt64 <= (ulong)(m.MemorySize - UInt256.Size);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref UInt256 Below(ref UInt256 top) => ref Unsafe.Subtract(ref top, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Vector256<ulong> Bits(ref UInt256 word) => ref Unsafe.As<UInt256, Vector256<ulong>>(ref word);
}
