using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>The registers of the running frame.</summary>
/// <remarks>
/// References without bounds checks, so these bounds hold: <see cref="Stack"/> points to 1024 words of the arena, and the loop checks
/// each instruction's takes and gives against <see cref="Sp"/> before it runs; <see cref="Code"/> is padded with 33 zeros, the loop reads
/// at <see cref="Pc"/>, which only jumps to checked destinations and stops at the first zero behind the end; <see cref="Memory"/> has
/// <see cref="MemorySize"/> bytes, and only places that <see cref="TryExpand(in UInt256, in UInt256, out int, out int)"/> gave are touched.
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

    public Machine(RunContext context, Frame frame)
    {
        Context = context;
        Frame = frame;
        Stack = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(context.Stack), frame.StackBase);
        Code = ref MemoryMarshal.GetArrayDataReference(frame.Code.Padded);
        Memory = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(context.Memory), frame.MemoryBase);
        Gas = frame.Gas;
        Sp = frame.StackCount;
        Pc = frame.ProgramCounter;
        MemorySize = frame.MemorySize;
    }

    public readonly WorldState State => Context.State;

    public readonly ForkRules Rules => Context.Rules;

    /// <summary>Puts the registers to rest.</summary>
    public readonly void Save()
    {
        Frame.Gas = Gas;
        Frame.StackCount = Sp;
        Frame.ProgramCounter = Pc;
        Frame.MemorySize = MemorySize;
    }

    /// <summary>Takes over the registers that the loop keeps for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rest(int pc, int sp, long gas)
    {
        Pc = pc;
        Sp = sp;
        Gas = gas;
    }

    /// <summary>Takes the highest word off and refers to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref UInt256 Pop()
    {
        Sp = unchecked(Sp - 1);
        return ref Unsafe.Add(ref Stack, Sp);
    }

    /// <summary>The highest word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref UInt256 Top() => ref Unsafe.Add(ref Stack, unchecked(Sp - 1));

    /// <summary>The word <paramref name="depth"/> below the highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref UInt256 Peek(int depth) => ref Unsafe.Add(ref Stack, unchecked(Sp - 1 - depth));

    /// <summary>Puts a word on and refers to it, to be written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref UInt256 Push()
    {
        ref var place = ref Unsafe.Add(ref Stack, Sp);
        Sp = unchecked(Sp + 1);
        return ref place;
    }

    /// <summary>Pays; false when gas does not suffice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPay(long gas)
    {
        // Amounts are not negative and far below 2^63.
        Gas = unchecked(Gas - gas);
        return Gas >= 0;
    }

    /// <summary>Pays per word of 32 bytes.</summary>
    public bool TryPayWords(int bytes, long gasPerWord) => TryPay(((bytes + 31L) >> 5) * gasPerWord);

    /// <summary>The memory at a place that was expanded to.</summary>
    public readonly Span<byte> Slice(int at, int length) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Memory, at), length);

    /// <summary>A word of memory: pays for it and makes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExpandWord(in UInt256 offset, int length, out int at)
    {
        at = unchecked((int)offset.LowUInt64);
        // The usual case: within the memory there is.
        return (offset.FitsUInt64 && offset.LowUInt64 <= (ulong)(uint)MemorySize && unchecked((uint)at + (uint)length) <= (uint)MemorySize)
            || TryExpandTo(offset, length, out at);
    }

    /// <summary>A piece of memory: pays for it and makes it; a piece of no bytes is free wherever it lies.</summary>
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

    /// <summary>Gas that memory of this many words has cost in all. Yellow Paper, appendix H.1.</summary>
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
        if (!TryPay(MemoryGas(words) - MemoryGas(MemorySize >> 5)) || !Context.TryReserveMemory(Frame.MemoryBase + (words << 5)))
        {
            return false;
        }

        int size = (int)(words << 5);

        // The arena has been used before: new memory reads as zeros.
        Context.Memory.AsSpan(Frame.MemoryBase + MemorySize, size - MemorySize).Clear();
        Memory = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Context.Memory), Frame.MemoryBase);
        MemorySize = size;
        return true;
    }
}
