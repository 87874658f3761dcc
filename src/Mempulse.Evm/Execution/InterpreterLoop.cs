using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The interpreter loop: runs a frame until it ends, or requests a call or creation.</summary>
/// <remarks>
/// The most frequent instructions run inline, with stack pointer, gas and program counter in CPU registers. All others run through the table, after
/// those three are written back to <see cref="Machine"/> (docs/decisions/0014). Stack requirement and fixed gas come from the table for both. An
/// instruction that the fork lacks has a row without gas, which the guards of later instructions test. A load or store that expands memory falls
/// through to its row. It is one long method so that the three registers stay locals.
/// </remarks>
internal static class InterpreterLoop
{
    private const int LowestPush = 0x5f;
    private const int LowestDup = 0x7f;
    private const int LowestSwap = 0x8f;

    /// <summary>Runs until the status is not <see cref="Status.Continue"/>, and returns it.</summary>
    public static unsafe Status Run<TTracer>(ref Machine m, Instruction[] table, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        // An opcode is a byte and the table has 256 rows, so the access needs no bounds check.
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        ref byte start = ref m.Code;
        ref var stack = ref m.Stack;
        int pc = m.Pc;
        int sp = m.Sp;
        long gas = m.Gas;
        while (true)
        {
            int code = Unsafe.Add(ref start, pc);
            if (TTracer.IsOn)
            {
                m.Sync(pc, sp, gas);
                if (!tracer.Step(ref m, (byte)code))
                {
                    return Status.LimitExceeded;
                }
            }

            ref var instruction = ref Unsafe.Add(ref first, (nint)(uint)code);
            unchecked // a stack below the minimum wraps to a large unsigned value; gas is signed and checked at once
            {
                if ((uint)(sp - instruction.MinWords) > (uint)instruction.ExtraWords)
                {
                    m.Sync(pc, sp, gas);
                    return sp < instruction.MinWords ? Status.StackUnderflow : Status.StackOverflow;
                }

                gas -= instruction.Gas;
                if (gas < 0)
                {
                    m.Sync(pc, sp, gas);
                    return Status.OutOfGas;
                }

                pc++;
                ref var top = ref Unsafe.Add(ref stack, sp - 1);
                switch (code)
                {
                    case 0x01: // ADD
                        HotInstructions.Add(ref top);
                        sp--;
                        continue;
                    case 0x02: // MUL
                        HotInstructions.Mul(ref top);
                        sp--;
                        continue;
                    case 0x03: // SUB
                        HotInstructions.Sub(ref top);
                        sp--;
                        continue;
                    case 0x10: // LT
                        HotInstructions.Lt(ref top);
                        sp--;
                        continue;
                    case 0x11: // GT
                        HotInstructions.Gt(ref top);
                        sp--;
                        continue;
                    case 0x14: // EQ
                        HotInstructions.Eq(ref top);
                        sp--;
                        continue;
                    case 0x15: // ISZERO
                        top = top.IsZero ? 1UL : 0UL;
                        continue;
                    case 0x16: // AND
                        HotInstructions.And(ref top);
                        sp--;
                        continue;
                    case 0x17: // OR
                        HotInstructions.Or(ref top);
                        sp--;
                        continue;
                    case 0x18: // XOR
                        HotInstructions.Xor(ref top);
                        sp--;
                        continue;
                    case 0x19: // NOT
                        UInt256.Complement(top, out top);
                        continue;
                    case 0x1b when instruction.Gas != 0: // SHL
                        HotInstructions.Shl(ref top);
                        sp--;
                        continue;
                    case 0x1c when instruction.Gas != 0: // SHR
                        HotInstructions.Shr(ref top);
                        sp--;
                        continue;
                    case 0x50: // POP
                        sp--;
                        continue;
                    case 0x51 when HotInstructions.TryLoad(ref m, ref top): // MLOAD within existing memory
                        continue;
                    case 0x52 when HotInstructions.TryStore(ref m, ref top): // MSTORE within existing memory
                        sp -= 2;
                        continue;
                    case 0x56: // JUMP
                        sp--;
                        if (!m.Frame.Code.TryJump(top, ref pc))
                        {
                            m.Sync(pc, sp, gas);
                            return Status.InvalidJump;
                        }

                        continue;
                    case 0x57: // JUMPI
                        sp -= 2;
                        if (!Unsafe.Subtract(ref top, 1).IsZero && !m.Frame.Code.TryJump(top, ref pc))
                        {
                            m.Sync(pc, sp, gas);
                            return Status.InvalidJump;
                        }

                        continue;
                    case 0x5b: // JUMPDEST
                        continue;
                    case 0x5f when instruction.Gas != 0: // PUSH0
                        Unsafe.Add(ref top, 1) = default;
                        sp++;
                        continue;
                    case 0x60: // PUSH1
                        Unsafe.Add(ref top, 1) = Unsafe.Add(ref start, pc);
                        sp++;
                        pc++;
                        continue;
                    case 0x61: // PUSH2
                        Unsafe.Add(ref top, 1) = HotInstructions.TwoBytes(ref Unsafe.Add(ref start, pc));
                        sp++;
                        pc += 2;
                        continue;
                    case >= 0x62 and <= 0x7f: // PUSH3 to PUSH32
                        HotInstructions.Push(ref Unsafe.Add(ref start, pc), code - LowestPush, out Unsafe.Add(ref top, 1));
                        sp++;
                        pc += code - LowestPush;
                        continue;
                    case >= 0x80 and <= 0x8f: // DUP1 to DUP16
                        HotInstructions.Copy(ref Unsafe.Add(ref top, LowestDup + 1 - code), ref Unsafe.Add(ref top, 1));
                        sp++;
                        continue;
                    case >= 0x90 and <= 0x9f: // SWAP1 to SWAP16
                        HotInstructions.Swap(ref Unsafe.Add(ref top, LowestSwap - code), ref top);
                        continue;
                    default:
                        break;
                }
            }

            m.Sync(pc, sp, gas);
            var status = instruction.Run(ref m);
            if (status != Status.Continue)
            {
                return status;
            }

            pc = m.Pc;
            sp = m.Sp;
            gas = m.Gas;
        }
    }
}
