using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The interpreter loop: runs a frame until it ends, or requests a call or creation.</summary>
/// <remarks>
/// The most frequent instructions run inline; all others run through the table, after the loop has written its registers back to
/// <see cref="Machine"/> (docs/decisions/0014). Stack requirement and fixed gas come from the table for both. It is one long method with few
/// locals, so that the position in the code, the first free word of the stack and the remaining gas stay in CPU registers. The two references
/// are inside their arrays whenever an instruction begins: code ends with zeros, which stop, and the stack has a word more than it may use.
/// </remarks>
internal static class InterpreterLoop
{
    private const int MLoadCode = 0x51;
    private const int MStoreCode = 0x52;

    /// <summary>Runs until the status is not <see cref="Status.Continue"/>, and returns it.</summary>
    public static unsafe Status Run<TTracer>(ref Machine m, InstructionSet set, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        // An opcode is a byte and the table has 256 rows, so the access needs no bounds check.
        ref var first = ref MemoryMarshal.GetArrayDataReference(m.IsFused ? set.Fused : set.Table);
        ref byte next = ref Unsafe.Add(ref m.Code, m.Pc);
        ref var free = ref Unsafe.Add(ref m.Stack, m.Sp);
        long gas = m.Gas;
        while (true)
        {
            if (TTracer.IsOn)
            {
                m.Sync(ref next, ref free, gas);
                if (!tracer.Step(ref m, next))
                {
                    return Status.LimitExceeded;
                }
            }

            ref var instruction = ref Unsafe.Add(ref first, (nint)(uint)next);
            unchecked // a stack below the minimum wraps to a large unsigned value; gas is signed and checked at once
            {
                int used = (int)Unsafe.ByteOffset(ref m.Stack, ref free);
                if ((uint)(used - instruction.MinBytes) > instruction.ExtraBytes || gas < instruction.Gas)
                {
                    goto Fail;
                }

                gas -= instruction.Gas;
                next = ref Unsafe.Add(ref next, 1);
                var inline = instruction.Inline;
                if (inline < InlineCode.Pop)
                {
                    switch (inline)
                    {
                        case InlineCode.Add:
                            free = ref HotInstructions.Add(ref free);
                            continue;
                        case InlineCode.Mul:
                            free = ref HotInstructions.Mul(ref free);
                            continue;
                        case InlineCode.Sub:
                            free = ref HotInstructions.Sub(ref free);
                            continue;
                        case InlineCode.Lt:
                            free = ref HotInstructions.Lt(ref free);
                            continue;
                        case InlineCode.Gt:
                            free = ref HotInstructions.Gt(ref free);
                            continue;
                        case InlineCode.Eq:
                            free = ref HotInstructions.Eq(ref free);
                            continue;
                        case InlineCode.IsZero:
                            HotInstructions.IsZero(ref free);
                            continue;
                        case InlineCode.And:
                            free = ref HotInstructions.And(ref free);
                            continue;
                        case InlineCode.Or:
                            free = ref HotInstructions.Or(ref free);
                            continue;
                        case InlineCode.Xor:
                            free = ref HotInstructions.Xor(ref free);
                            continue;
                        case InlineCode.Not:
                            HotInstructions.Not(ref free);
                            continue;
                        case InlineCode.Shl:
                            free = ref HotInstructions.Shl(ref free);
                            continue;
                        case InlineCode.Shr:
                            free = ref HotInstructions.Shr(ref free);
                            continue;
                        default:
                            goto Table;
                    }
                }
                else if (inline < InlineCode.PushJump)
                {
                    switch (inline)
                    {
                        case InlineCode.Pop:
                            free = ref Unsafe.Subtract(ref free, 1);
                            continue;
                        case InlineCode.MLoad:
                            goto Load;
                        case InlineCode.MStore:
                            goto Store;
                        case InlineCode.Jump:
                            goto JumpToTop;
                        case InlineCode.JumpI:
                            free = ref Unsafe.Subtract(ref free, 2);
                            if (free.IsZero)
                            {
                                continue;
                            }

                            UInt256.Copy(Unsafe.Add(ref free, 1), out free); // the destination, to where JUMP finds it
                            goto JumpToFree;
                        case InlineCode.JumpDest:
                            continue;
                        case InlineCode.Push0:
                            free = default;
                            free = ref Unsafe.Add(ref free, 1);
                            continue;
                        case InlineCode.Push1:
                            free = next;
                            free = ref Unsafe.Add(ref free, 1);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.PushLimb:
                            free = HotInstructions.Limb(ref next, instruction.Operand);
                            free = ref Unsafe.Add(ref free, 1);
                            next = ref Unsafe.Add(ref next, instruction.Operand);
                            continue;
                        case InlineCode.PushWord:
                            HotInstructions.Push(ref next, instruction.Operand, out free);
                            free = ref Unsafe.Add(ref free, 1);
                            next = ref Unsafe.Add(ref next, instruction.Operand);
                            continue;
                        case InlineCode.Dup:
                            UInt256.Copy(Unsafe.Subtract(ref free, instruction.Operand), out free);
                            free = ref Unsafe.Add(ref free, 1);
                            continue;
                        case InlineCode.Swap:
                            UInt256.Swap(ref Unsafe.Subtract(ref free, instruction.Operand), ref Unsafe.Subtract(ref free, 1));
                            continue;
                        default:
                            goto Table;
                    }
                }
                else if (inline < InlineCode.PopPop)
                {
                    switch (inline)
                    {
                        case InlineCode.PushJump:
                            next = ref Unsafe.Add(ref m.Code, HotInstructions.Target(ref next));
                            goto Jumped;
                        case InlineCode.PushJumpI:
                            free = ref Unsafe.Subtract(ref free, 1);
                            if (free.IsZero)
                            {
                                next = ref Unsafe.Add(ref next, 3);
                                continue;
                            }

                            next = ref Unsafe.Add(ref m.Code, HotInstructions.Target(ref next));
                            goto Jumped;
                        case InlineCode.IsZeroJumpI:
                            free = ref Unsafe.Subtract(ref free, 1);
                            if (!free.IsZero)
                            {
                                next = ref Unsafe.Add(ref next, 4);
                                continue;
                            }

                            next = ref Unsafe.Add(ref m.Code, HotInstructions.Target(ref Unsafe.Add(ref next, 1)));
                            goto Jumped;
                        case InlineCode.EqJumpI:
                            free = ref Unsafe.Subtract(ref free, 2);
                            if (!UInt256.AreEqual(free, Unsafe.Add(ref free, 1)))
                            {
                                next = ref Unsafe.Add(ref next, 4);
                                continue;
                            }

                            next = ref Unsafe.Add(ref m.Code, HotInstructions.Target(ref Unsafe.Add(ref next, 1)));
                            goto Jumped;
                        case InlineCode.SelectorJumpI:
                            if (!HotInstructions.IsSelector(ref free, ref Unsafe.Add(ref next, 1)))
                            {
                                next = ref Unsafe.Add(ref next, 10);
                                continue;
                            }

                            next = ref Unsafe.Add(ref m.Code, HotInstructions.Target(ref Unsafe.Add(ref next, 7)));
                            goto Jumped;
                        case InlineCode.PopJump:
                            free = ref Unsafe.Subtract(ref free, 1);
                            next = ref Unsafe.Add(ref next, 1);
                            goto JumpToTop;
                        case InlineCode.DupMLoad:
                            if (used < next * UInt256.Size)
                            {
                                goto Undo;
                            }

                            UInt256.Copy(Unsafe.Subtract(ref free, next), out free);
                            free = ref Unsafe.Add(ref free, 1);
                            next = ref Unsafe.Add(ref next, 1);
                            instruction = ref Unsafe.Add(ref first, MLoadCode);
                            goto Load;
                        case InlineCode.DupMStore:
                            if (used < next * UInt256.Size)
                            {
                                goto Undo;
                            }

                            UInt256.Copy(Unsafe.Subtract(ref free, next), out free);
                            free = ref Unsafe.Add(ref free, 1);
                            next = ref Unsafe.Add(ref next, 1);
                            instruction = ref Unsafe.Add(ref first, MStoreCode);
                            goto Store;
                        default:
                            goto Table;
                    }
                }
                else
                {
                    switch (inline)
                    {
                        case InlineCode.PopPop:
                            free = ref Unsafe.Subtract(ref free, 2);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.DupDup:
                            if (used < HotInstructions.BytesOfDups(next))
                            {
                                goto Undo;
                            }

                            free = ref HotInstructions.DupDup(ref free, next);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.DupPush:
                            if (used < next * UInt256.Size)
                            {
                                goto Undo;
                            }

                            UInt256.Copy(Unsafe.Subtract(ref free, next), out free);
                            Unsafe.Add(ref free, 1) = Unsafe.Add(ref next, 1);
                            free = ref Unsafe.Add(ref free, 2);
                            next = ref Unsafe.Add(ref next, 2);
                            continue;
                        case InlineCode.DupAdd:
                            if (used < next * UInt256.Size)
                            {
                                goto Undo;
                            }

                            HotInstructions.AddToTop(ref free, next);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.PushDup:
                            if (used < (Unsafe.Add(ref next, 1) - 1) * UInt256.Size)
                            {
                                goto Undo;
                            }

                            free = next;
                            UInt256.Copy(Unsafe.Subtract(ref free, Unsafe.Add(ref next, 1) - 1), out Unsafe.Add(ref free, 1));
                            free = ref Unsafe.Add(ref free, 2);
                            next = ref Unsafe.Add(ref next, 2);
                            continue;
                        case InlineCode.PushPush:
                            free = next;
                            Unsafe.Add(ref free, 1) = Unsafe.Add(ref next, 2);
                            free = ref Unsafe.Add(ref free, 2);
                            next = ref Unsafe.Add(ref next, 3);
                            continue;
                        case InlineCode.PushAdd:
                            HotInstructions.AddLimbToTop(ref free, next);
                            next = ref Unsafe.Add(ref next, 2);
                            continue;
                        case InlineCode.SwapPop:
                            if (used < next * UInt256.Size)
                            {
                                goto Undo;
                            }

                            UInt256.Copy(Unsafe.Subtract(ref free, 1), out Unsafe.Subtract(ref free, next));
                            free = ref Unsafe.Subtract(ref free, 1);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.SwapSwap:
                            if (used < HotInstructions.BytesOfSwaps(next))
                            {
                                goto Undo;
                            }

                            HotInstructions.SwapSwap(ref free, next);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        case InlineCode.SwapDup:
                            if (used < HotInstructions.BytesOfSwapDup(next))
                            {
                                goto Undo;
                            }

                            free = ref HotInstructions.SwapDup(ref free, next);
                            next = ref Unsafe.Add(ref next, 1);
                            continue;
                        default:
                            goto Table;
                    }
                }

            Load: // MLOAD, unless memory has to be expanded
                if (HotInstructions.TryLoad(ref m, ref free))
                {
                    continue;
                }

                goto Table;

            Store: // MSTORE, unless memory has to be expanded
                if (HotInstructions.TryStore(ref m, ref free))
                {
                    free = ref Unsafe.Subtract(ref free, 2);
                    continue;
                }

            Table:
                m.Sync(ref next, ref free, gas);
                var status = instruction.Run(ref m);
                if (status != Status.Continue)
                {
                    return status;
                }

                next = ref Unsafe.Add(ref m.Code, m.Pc);
                free = ref Unsafe.Add(ref m.Stack, m.Sp);
                gas = m.Gas;
                continue;

            JumpToTop:
                free = ref Unsafe.Subtract(ref free, 1);

            JumpToFree: // to the destination in the word that was just popped
                if (!m.Frame.Code.IsJumpDestination(free))
                {
                    m.Sync(ref next, ref free, gas);
                    return Status.InvalidJump;
                }

                next = ref Unsafe.Add(ref m.Code, (nint)free.LowUInt64);

            Jumped: // to a JUMPDEST, which is executed at once unless a tracer has to see it
                if (TTracer.IsOn)
                {
                    continue;
                }

                gas -= FrontierGas.JumpDest;
                if (gas < 0)
                {
                    m.Sync(ref next, ref free, gas);
                    return Status.OutOfGas;
                }

                next = ref Unsafe.Add(ref next, 1);
                continue;

            Undo: // a group that reaches below the stack; nothing but its gas and its first byte is taken yet
                gas += instruction.Gas;
                next = ref Unsafe.Subtract(ref next, 1);

            Fail: // the first instructions of a group may be executable: continue with the original ones, which fail at the right place
                if (m.IsFused)
                {
                    next = ref m.LeaveGroups(ref next);
                    first = ref MemoryMarshal.GetArrayDataReference(set.Table);
                    continue;
                }

                m.Sync(ref next, ref free, gas);
                return HotInstructions.Failure(instruction, used);
            }
        }
    }
}
