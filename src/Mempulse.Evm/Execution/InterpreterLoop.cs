using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.Tracing;

namespace Mempulse.Evm.Execution;

/// <summary>Runs a frame until it ends or hands over.</summary>
internal static class InterpreterLoop
{
    /// <summary>The status that is not <see cref="Status.Continue"/>.</summary>
    public static unsafe Status Run<TTracer>(ref Machine m, Instruction[] table, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        // A code is a byte and the table has 256 rows, so the row needs no check.
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        while (true)
        {
            byte code = Unsafe.Add(ref m.Code, m.Pc);
            if (TTracer.IsOn && !tracer.Step(ref m, code))
            {
                return Status.LimitExceeded;
            }

            ref var instruction = ref Unsafe.Add(ref first, (nint)code);
            unchecked // a count below the least turns into a large one; gas is signed and checked at once
            {
                if ((uint)(m.Sp - instruction.LeastWords) > (uint)instruction.WordRange)
                {
                    return m.Sp < instruction.LeastWords ? Status.StackUnderflow : Status.StackOverflow;
                }

                m.Gas -= instruction.Gas;
                if (m.Gas < 0)
                {
                    return Status.OutOfGas;
                }

                m.Pc++;
            }

            var status = instruction.Run(ref m);
            if (status != Status.Continue)
            {
                return status;
            }
        }
    }
}
