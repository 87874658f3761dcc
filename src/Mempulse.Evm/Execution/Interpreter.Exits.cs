using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The end of frames, and the values returned to the caller.</summary>
internal sealed partial class Interpreter
{
    private FrameResult _outermost;

    private static bool IsSuccess(Status status) => status is Status.Stop or Status.Return or Status.SelfDestruct;

    private void Finish<TTracer>(Frame frame, Status status, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        bool deploys = frame.IsCreation && IsSuccess(status);
        if (deploys)
        {
            status = Deploy(frame);
        }

        bool keepsGas = IsSuccess(status) || status == Status.Revert;
        if (status is Status.Return or Status.Revert)
        {
            context.ReturnData.Set(Result(frame));
        }
        else
        {
            context.ReturnData.Clear();
        }

        Complete(frame, status, keepsGas ? frame.Gas : 0, ref tracer);
    }

    /// <summary>Completes a call or creation that never had a frame.</summary>
    private Frame? CompleteWithoutFrame<TTracer>(Frame? parent, in Snapshot snapshot, Status status, long gasLeft, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = context.Request;
        if (TTracer.IsOn)
        {
            tracer.Exit(status, request.Gas - gasLeft, context.ReturnData.Bytes);
        }

        if (!IsSuccess(status))
        {
            context.State.Revert(snapshot);
        }

        if (parent is null)
        {
            _outermost = new FrameResult(status, gasLeft, null);
            return null;
        }

        Resume(parent, status, gasLeft, IsSuccess(status) ? 1UL : 0UL, request.OutputAt, request.OutputLength);
        return null;
    }

    private void Complete<TTracer>(Frame frame, Status status, long gasLeft, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn)
        {
            tracer.Exit(status, frame.InitialGas - gasLeft, context.ReturnData.Bytes);
        }

        bool isSuccess = IsSuccess(status);
        if (!isSuccess)
        {
            context.State.Revert(frame.Snapshot);
        }

        if (frame.Depth == 0)
        {
            _outermost = new FrameResult(status, gasLeft, isSuccess && frame.IsCreation ? frame.Self.Address : null);
            return;
        }

        UInt256 word = isSuccess ? 1UL : 0UL;
        if (frame.IsCreation && isSuccess)
        {
            word = AddressWord.ToWord(frame.Self.Address);
            context.ReturnData.Clear();
        }

        Resume(_frames[frame.Depth - 1], status, gasLeft, word, frame.OutputAt, frame.OutputLength);
    }

    /// <summary>Returns gas, result word and output to the caller. Missing state leaves it without gas, which ends every frame below as well.</summary>
    private void Resume(Frame caller, Status status, long gasLeft, in UInt256 word, int outputAt, int outputLength)
    {
        caller.Gas = status == Status.StateMissing ? 0 : caller.Gas + gasLeft;
        context.Stack[caller.StackBase + caller.StackCount++] = word;
        var output = context.ReturnData.Bytes;
        output[..Math.Min(output.Length, outputLength)].CopyTo(context.Memory.AsSpan(caller.MemoryBase + outputAt));
    }

    private ReadOnlySpan<byte> Result(Frame frame) => context.Memory.AsSpan(frame.MemoryBase + frame.ResultAt, frame.ResultLength);

    private void TraceEnter<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn)
        {
            tracer.Enter(context.Request, Input(parent), parent is null ? 0 : parent.Depth + 1);
        }
    }

    private void TraceSelfDestruct<TTracer>(Frame frame, Status status, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn && status == Status.SelfDestruct)
        {
            tracer.SelfDestructed(frame.Self.Address, context.Beneficiary, context.SelfDestructBalance);
        }
    }
}
