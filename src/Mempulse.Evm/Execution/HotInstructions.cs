using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The instructions that the loop executes inline, without the table.</summary>
/// <remarks>
/// The loop has checked the stack. Each takes the first free word of the stack, with its operands below it, and returns the next one. Words are
/// read and written by limbs, also where a vector would do: a vector that is read soon after its limbs were written waits for all of them.
/// </remarks>
internal static class HotInstructions
{
    private const ulong WordBits = 256;
    private const int BitsOfByte = 8;
    private const int BitsOfLimb = 64;
    private const int BitsOfDepth = 4;
    private const int DepthMask = 0xf;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Add(ref UInt256 free)
    {
        UInt256.AddWrapping(Top(ref free), Below(ref free), out Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Mul(ref UInt256 free)
    {
        Multiply(ref Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Sub(ref UInt256 free)
    {
        UInt256.SubtractWrapping(Top(ref free), Below(ref free), out Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Lt(ref UInt256 free)
    {
        Below(ref free) = UInt256.IsLess(Top(ref free), Below(ref free)) ? 1UL : 0UL;
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Gt(ref UInt256 free)
    {
        Below(ref free) = UInt256.IsLess(Below(ref free), Top(ref free)) ? 1UL : 0UL;
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Eq(ref UInt256 free)
    {
        Below(ref free) = UInt256.AreEqual(Top(ref free), Below(ref free)) ? 1UL : 0UL;
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IsZero(ref UInt256 free) => Top(ref free) = Top(ref free).IsZero ? 1UL : 0UL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 And(ref UInt256 free)
    {
        UInt256.And(Top(ref free), Below(ref free), out Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Or(ref UInt256 free)
    {
        UInt256.Or(Top(ref free), Below(ref free), out Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Xor(ref UInt256 free)
    {
        UInt256.Xor(Top(ref free), Below(ref free), out Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Not(ref UInt256 free) => UInt256.Complement(Top(ref free), out Top(ref free));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Shl(ref UInt256 free)
    {
        ShiftLeft(ref Below(ref free));
        return ref Top(ref free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 Shr(ref UInt256 free)
    {
        ShiftRight(ref Below(ref free));
        return ref Top(ref free);
    }

    /// <summary>MLOAD within existing memory; false when memory has to be expanded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryLoad(ref Machine m, ref UInt256 free)
    {
        if (!IsWithin(ref m, Top(ref free)))
        {
            return false;
        }

        UInt256.ReadWord(ref Unsafe.Add(ref m.Memory, (nint)Top(ref free).LowUInt64), out Top(ref free));
        return true;
    }

    /// <summary>MSTORE within existing memory; false when memory has to be expanded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ref Machine m, ref UInt256 free)
    {
        if (!IsWithin(ref m, Top(ref free)))
        {
            return false;
        }

        UInt256.WriteWord(ref Unsafe.Add(ref m.Memory, (nint)Top(ref free).LowUInt64), Below(ref free));
        return true;
    }

    /// <summary>Reads a big-endian immediate of <paramref name="length"/> bytes, 1 to 8. Padding makes 8 bytes readable at any code position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Limb(ref byte at, int length) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref at)) >> (BitsOfLimb - (length * BitsOfByte));

    /// <summary>Reads a big-endian immediate of <paramref name="length"/> bytes, 1 to 32. Padding makes 32 bytes readable at any code position.</summary>
    public static void Push(ref byte at, int length, out UInt256 value)
    {
        UInt256.ReadWord(ref at, out value);
        if (length < UInt256.Size)
        {
            UInt256.ShiftRight(value, (UInt256.Size - length) * BitsOfByte, out value);
        }
    }

    /// <summary>Reads a jump destination of two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Target(ref byte at) => (at << BitsOfByte) | Unsafe.Add(ref at, 1);

    /// <summary>True when the top is the four-byte immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSelector(ref UInt256 free, ref byte at) => Top(ref free).FitsUInt64 && Top(ref free).LowUInt64 == Limb(ref at, sizeof(uint));

    /// <summary>Adds the word at a depth to the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToTop(ref UInt256 free, int depth) => UInt256.AddWrapping(Top(ref free), Unsafe.Subtract(ref free, depth), out Top(ref free));

    /// <summary>Adds a small number to the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLimbToTop(ref UInt256 free, ulong number) => UInt256.AddWrapping(Top(ref free), number, out Top(ref free));

    /// <summary>Size of the stack in bytes that <see cref="DupDup"/> needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BytesOfDups(byte depths) => Math.Max((depths >> BitsOfDepth) + 1, depths & DepthMask) * UInt256.Size;

    /// <summary>Size of the stack in bytes that <see cref="SwapSwap"/> needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BytesOfSwaps(byte depths) => (Math.Max(depths >> BitsOfDepth, depths & DepthMask) + 2) * UInt256.Size;

    /// <summary>Size of the stack in bytes that <see cref="SwapDup"/> needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BytesOfSwapDup(byte depths) => Math.Max((depths >> BitsOfDepth) + 2, (depths & DepthMask) + 1) * UInt256.Size;

    /// <summary>Two DUPs; the second counts its depth from the copy of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 DupDup(ref UInt256 free, int depths)
    {
        UInt256.Copy(Unsafe.Subtract(ref free, (depths >> BitsOfDepth) + 1), out free);
        UInt256.Copy(Unsafe.Subtract(ref free, depths & DepthMask), out Unsafe.Add(ref free, 1));
        return ref Unsafe.Add(ref free, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SwapSwap(ref UInt256 free, int depths)
    {
        UInt256.Swap(ref Unsafe.Subtract(ref free, (depths >> BitsOfDepth) + 2), ref Top(ref free));
        UInt256.Swap(ref Unsafe.Subtract(ref free, (depths & DepthMask) + 2), ref Top(ref free));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref UInt256 SwapDup(ref UInt256 free, int depths)
    {
        UInt256.Swap(ref Unsafe.Subtract(ref free, (depths >> BitsOfDepth) + 2), ref Top(ref free));
        UInt256.Copy(Unsafe.Subtract(ref free, (depths & DepthMask) + 1), out free);
        return ref Unsafe.Add(ref free, 1);
    }

    /// <summary>Why an instruction cannot run.</summary>
    public static Status Failure(in Instruction instruction, int used)
    {
        if (used < instruction.MinBytes)
        {
            return Status.StackUnderflow;
        }

        return used - instruction.MinBytes > instruction.ExtraBytes ? Status.StackOverflow : Status.OutOfGas;
    }

    /// <summary>Not inlined: its many temporaries would take the registers of the loop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Multiply(ref UInt256 below) => UInt256.MultiplyWrapping(Unsafe.Add(ref below, 1), below, out below);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShiftLeft(ref UInt256 below)
    {
        ref var bits = ref Unsafe.Add(ref below, 1);
        if (bits.FitsUInt64 && bits.LowUInt64 < WordBits)
        {
            UInt256.ShiftLeft(below, (int)bits.LowUInt64, out below);
            return;
        }

        below = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ShiftRight(ref UInt256 below)
    {
        ref var bits = ref Unsafe.Add(ref below, 1);
        if (bits.FitsUInt64 && bits.LowUInt64 < WordBits)
        {
            UInt256.ShiftRight(below, (int)bits.LowUInt64, out below);
            return;
        }

        below = default;
    }

    /// <summary>Compares as unsigned: bytecode controls the offset, and a checked conversion to a signed integer could throw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWithin(ref Machine m, in UInt256 offset) =>
        m.MemorySize >= UInt256.Size && offset.FitsUInt64 && offset.LowUInt64 <= (ulong)(m.MemorySize - UInt256.Size);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref UInt256 Top(ref UInt256 free) => ref Unsafe.Subtract(ref free, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref UInt256 Below(ref UInt256 free) => ref Unsafe.Subtract(ref free, 2);
}
