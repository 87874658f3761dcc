using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.Precompiles;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>Executes a call or creation with all nested frames, without recursion.</summary>
/// <remarks>
/// Frames are objects in a list, so call depth uses no native stack. Confined to one thread; reuses frames, stack and memory for the next run.
/// </remarks>
internal sealed partial class Interpreter(RunContext context, PrecompileSet precompiles)
{
    private const int WordBytes = 32;

    private readonly List<Frame> _frames = [];
    private InstructionSet? _instructions;
    private ForkRules? _instructionsOf;

    /// <summary>Executes the call or creation in <see cref="RunContext.Request"/> with this input.</summary>
    public FrameResult Run<TTracer>(ReadOnlySpan<byte> input, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        Prepare(input);
        var request = context.Request;
        var begun = request.Kind >= FrameKind.Create ? StartCreate(null, ref tracer) : StartCall(null, ref tracer);
        return begun is null ? _outermost : RunFrames(begun, ref tracer);
    }

    private FrameResult RunFrames<TTracer>(Frame frame, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        while (true)
        {
            if (context.Exceeded != RunLimit.None)
            {
                Finish(frame, Status.LimitExceeded, ref tracer);
                if (frame.Depth == 0)
                {
                    return _outermost;
                }

                frame = _frames[frame.Depth - 1];
                continue;
            }

            // A tracer sees each instruction, and initcode runs once, which does not pay for the search for groups.
            var machine = new Machine(context, frame, !TTracer.IsOn && !frame.IsCreation);
            var status = InterpreterLoop.Run(ref machine, _instructions!, ref tracer);
            machine.Save();
            switch (status)
            {
                case Status.Call:
                    frame = StartCall(frame, ref tracer) ?? frame;
                    break;
                case Status.Create:
                    frame = StartCreate(frame, ref tracer) ?? frame;
                    break;
                default:
                    TraceSelfDestruct(frame, status, ref tracer);
                    Finish(frame, status, ref tracer);
                    if (frame.Depth == 0)
                    {
                        return _outermost;
                    }

                    frame = _frames[frame.Depth - 1];
                    break;
            }
        }
    }

    /// <summary>Copies the input to the start of the memory arena, below the memory of every frame.</summary>
    private void Prepare(ReadOnlySpan<byte> input)
    {
        if (!ReferenceEquals(_instructionsOf, context.Rules))
        {
            _instructions = new InstructionSet(context.Rules);
            _instructionsOf = context.Rules;
        }

        context.TrimMemory();
        Invariant.That(context.TryReserveMemory(input.Length + WordBytes), "INV-19", "the input of a run fits its memory");
        input.CopyTo(context.Memory);
        context.Request.InputAt = 0;
        context.Request.InputLength = input.Length;
        context.Request.OutputAt = context.Request.OutputLength = 0;
        context.ReturnData.Clear();
    }

    /// <summary>Pushes a frame on top of <paramref name="parent"/> and initialises it from the request.</summary>
    private Frame Enter(Frame? parent, ContractCode code, Account self, in Snapshot snapshot)
    {
        int depth = parent is null ? 0 : parent.Depth + 1;
        if (depth == _frames.Count)
        {
            _frames.Add(new Frame());
        }

        var request = context.Request;
        var frame = _frames[depth];
        frame.Kind = request.Kind;
        frame.Depth = depth;
        frame.Code = code;
        frame.Self = self;
        frame.CodeSource = request.CodeSource;
        frame.Caller = request.Caller;
        frame.Value = request.Value;
        frame.IsStatic = request.IsStatic;
        frame.Snapshot = snapshot;
        frame.ProgramCounter = 0;
        frame.StackBase = parent is null ? 0 : parent.StackBase + parent.StackCount;
        frame.StackCount = 0;
        frame.Gas = request.Gas;
        frame.InitialGas = request.Gas;
        frame.MemoryBase = parent is null ? RoundUp(request.InputLength) : parent.MemoryBase + parent.MemorySize;
        frame.MemorySize = 0;
        frame.InputAt = InputPosition(parent);
        frame.InputLength = frame.IsCreation ? 0 : request.InputLength;
        frame.OutputAt = request.OutputAt;
        frame.OutputLength = request.OutputLength;
        frame.ResultAt = 0;
        frame.ResultLength = 0;
        context.ReserveStack(frame.StackBase);
        context.ReturnData.Clear();
        return frame;
    }

    private static int RoundUp(int length) => (length + WordBytes - 1) / WordBytes * WordBytes;

    private int InputPosition(Frame? parent) => (parent?.MemoryBase ?? 0) + context.Request.InputAt;

    private ReadOnlySpan<byte> Input(Frame? parent) => context.Memory.AsSpan(InputPosition(parent), context.Request.InputLength);
}
