using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>How frames end, and what their caller gets.</summary>
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

        Settle(frame, status, keepsGas ? frame.Gas : 0, ref tracer);
    }

    /// <summary>Ends a call that never had a frame.</summary>
    private Frame? Conclude<TTracer>(Frame? parent, in Snapshot snapshot, Status status, long gasLeft, ref TTracer tracer)
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

    private void Settle<TTracer>(Frame frame, Status status, long gasLeft, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn)
        {
            tracer.Exit(status, frame.GasGiven - gasLeft, context.ReturnData.Bytes);
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

    /// <summary>Gives the caller back its gas, its word and its output. A reader's gap ends every frame below as well.</summary>
    private void Resume(Frame caller, Status status, long gasLeft, in UInt256 word, int outputAt, int outputLength)
    {
        caller.Gas = status == Status.StateMissing ? 0 : caller.Gas + gasLeft;
        context.Stack[caller.StackBase + caller.StackCount++] = word;
        var output = context.ReturnData.Bytes;
        output[..Math.Min(output.Length, outputLength)].CopyTo(context.Memory.AsSpan(caller.MemoryBase + outputAt));
    }

    private ReadOnlySpan<byte> Result(Frame frame) => context.Memory.AsSpan(frame.MemoryBase + frame.ResultAt, frame.ResultLength);

    private void NoteEntry<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn)
        {
            tracer.Enter(context.Request, Input(parent), parent is null ? 0 : parent.Depth + 1);
        }
    }

    private void NoteDestruction<TTracer>(Frame frame, Status status, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        if (TTracer.IsOn && status == Status.SelfDestruct)
        {
            tracer.SelfDestructed(frame.Self.Address, context.Heir, context.Inheritance);
        }
    }
}
