using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>The registers of the running frame.</summary>
/// <remarks>
/// The references are not bounds-checked. The bounds hold because: <see cref="Stack"/> points to 1,024 words of the arena, and the loop checks the
/// pops and pushes of each instruction against <see cref="Sp"/> before it runs. <see cref="Code"/> is padded with 33 zeros; the loop reads at
/// <see cref="Pc"/>, which only jumps to valid destinations and stops at the first zero after the end. <see cref="Memory"/> has
/// <see cref="MemorySize"/> bytes, and only ranges from <see cref="TryExpand(in UInt256, in UInt256, out int, out int)"/> are accessed.
/// </remarks>
internal ref struct Machine
{
    public ref UInt256 Stack;
    public ref byte Code;
    public ref byte Memory;
    public long Gas;
    public int Sp;
    public int Pc;
    public int MemorySize;
    public Frame Frame;
    public RunContext Context;

    /// <summary>True while <see cref="Code"/> is the code with groups of instructions.</summary>
    public bool IsFused;

    public Machine(RunContext context, Frame frame, bool isFused)
    {
        Context = context;
        Frame = frame;
        Stack = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(context.Stack), frame.StackBase);
        IsFused = isFused;
        Code = ref MemoryMarshal.GetArrayDataReference(isFused ? frame.Code.Fused : frame.Code.Padded);
        Memory = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(context.Memory), frame.MemoryBase);
        Gas = frame.Gas;
        Sp = frame.StackCount;
        Pc = frame.ProgramCounter;
        MemorySize = frame.MemorySize;
    }

    public readonly WorldState State => Context.State;

    public readonly ForkRules Rules => Context.Rules;

    /// <summary>Saves the registers to the frame.</summary>
    public readonly void Save()
    {
        Frame.Gas = Gas;
        Frame.StackCount = Sp;
        Frame.ProgramCounter = Pc;
        Frame.MemorySize = MemorySize;
    }

    /// <summary>Writes back the registers that the loop keeps in locals: the next byte of the code, the first free word of the stack, and gas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sync(ref byte next, ref UInt256 free, long gas)
    {
        Pc = unchecked((int)Unsafe.ByteOffset(ref Code, ref next)); // code is shorter than 2^31 bytes
        Sp = unchecked((int)Unsafe.ByteOffset(ref Stack, ref free)) / UInt256.Size; // and a stack than 2^15 + 1
        Gas = gas;
    }

    /// <summary>Continues with the original code, and returns the reference to the byte at the same position as <paramref name="next"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref byte LeaveGroups(ref byte next)
    {
        nint position = Unsafe.ByteOffset(ref Code, ref next);
        IsFused = false;
        Code = ref MemoryMarshal.GetArrayDataReference(Frame.Code.Padded);
        return ref Unsafe.Add(ref Code, position);
    }

    /// <summary>Pops the top word and returns a reference to it, valid until the next push.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref UInt256 Pop()
    {
        Sp = unchecked(Sp - 1);
        return ref Unsafe.Add(ref Stack, Sp);
    }

    /// <summary>The top word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref UInt256 Top() => ref Unsafe.Add(ref Stack, unchecked(Sp - 1));

    /// <summary>The word <paramref name="depth"/> positions below the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref UInt256 Peek(int depth) => ref Unsafe.Add(ref Stack, unchecked(Sp - 1 - depth));

    /// <summary>Pushes a word and returns a reference to it, for the caller to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref UInt256 Push()
    {
        ref var place = ref Unsafe.Add(ref Stack, Sp);
        Sp = unchecked(Sp + 1);
        return ref place;
    }

    /// <summary>Charges gas; false when out of gas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCharge(long gas)
    {
        // Charges are never negative and far below 2^63.
        Gas = unchecked(Gas - gas);
        return Gas >= 0;
    }

    /// <summary>Charges gas per word of 32 bytes, rounded up; false when out of gas.</summary>
    public bool TryChargeWords(int bytes, long gasPerWord) => TryCharge(((bytes + 31L) >> 5) * gasPerWord);

    /// <summary>Returns a range of memory; the caller must have expanded memory to it.</summary>
    public readonly Span<byte> Slice(int at, int length) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Memory, at), length);

    /// <summary>Charges for and expands memory to a range of <paramref name="length"/> bytes, more than zero; false when out of gas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExpandWord(in UInt256 offset, int length, out int at)
    {
        at = unchecked((int)offset.LowUInt64);
        // The common case: the range lies within existing memory.
        return (offset.FitsUInt64 && offset.LowUInt64 <= (ulong)(uint)MemorySize && unchecked((uint)at + (uint)length) <= (uint)MemorySize)
            || TryExpandTo(offset, length, out at);
    }

    /// <summary>Charges for and expands memory to a range; false when out of gas. An empty range is free at any offset.</summary>
    public bool TryExpand(in UInt256 offset, in UInt256 size, out int at, out int length)
    {
        at = 0;
        length = 0;
        if (size.IsZero)
        {
            return true;
        }

        if (!size.FitsUInt64 || size.LowUInt64 > RunContext.MaxMemoryBytes)
        {
            return false;
        }

        length = (int)size.LowUInt64;
        return TryExpandWord(offset, length, out at);
    }

    /// <summary>Total gas for a memory of this many words. Yellow Paper, appendix H.1.</summary>
    private static long MemoryGas(long words) => (words * FrontierGas.MemoryWord) + (words * words / FrontierGas.MemoryQuadDivisor);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryExpandTo(in UInt256 offset, int length, out int at)
    {
        at = 0;
        if (!offset.FitsUInt64 || offset.LowUInt64 > RunContext.MaxMemoryBytes)
        {
            return false;
        }

        at = (int)offset.LowUInt64;
        long words = ((long)at + length + 31) >> 5;
        if (!TryCharge(MemoryGas(words) - MemoryGas(MemorySize >> 5)) || !Context.TryReserveMemory(Frame.MemoryBase + (words << 5)))
        {
            return false;
        }

        int size = (int)(words << 5);

        // The arena is reused, and new memory must read as zeros.
        Context.Memory.AsSpan(Frame.MemoryBase + MemorySize, size - MemorySize).Clear();
        Memory = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Context.Memory), Frame.MemoryBase);
        MemorySize = size;
        return true;
    }
}
