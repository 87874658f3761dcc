using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;

namespace Mempulse.Evm.Execution;

/// <summary>The start of calls.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Starts the requested call; returns its frame, or null when the call completed without a frame and the caller continues.</summary>
    private Frame? StartCall<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = context.Request;
        var state = context.State;
        TraceEnter(parent, ref tracer);
        var snapshot = state.TakeSnapshot();
        var refusal = CheckCall(parent);
        if (refusal != Status.Continue)
        {
            return CompleteWithoutFrame(parent, snapshot, refusal, request.Gas, ref tracer);
        }

        var self = state.Get(request.Target);
        TransferValue(self);
        var source = state.Get(request.CodeSource);
        if (precompiles.Find(source.SmallNumber, context.Rules) is { } precompile)
        {
            return RunPrecompile(parent, snapshot, precompile, ref tracer);
        }

        var code = ResolveCode(source);
        if (state.Gap is not null)
        {
            return CompleteWithoutFrame(parent, snapshot, Status.StateMissing, 0, ref tracer);
        }

        if (code.Length == 0)
        {
            context.ReturnData.Clear();
            return CompleteWithoutFrame(parent, snapshot, Status.Stop, request.Gas, ref tracer);
        }

        return Enter(parent, code, self, snapshot);
    }

    /// <summary>Checks depth and balance. A call that fails here returns all of its forwarded gas.</summary>
    private Status CheckCall(Frame? parent)
    {
        context.ReturnData.Clear();
        if (parent is not null && parent.Depth + 1 > context.Limits.MaxDepth)
        {
            context.Exceeded = RunLimit.Depth;
            return Status.LimitExceeded;
        }

        if (parent is not null && parent.Depth >= FrontierGas.MaxCallDepth)
        {
            return Status.CallTooDeep;
        }

        var request = context.Request;
        bool sends = request.Kind is FrameKind.Call or FrameKind.CallCode or FrameKind.Create or FrameKind.Create2 && !request.Value.IsZero;
        return sends && context.State.Get(request.Caller).Balance < request.Value ? Status.BalanceTooLow : Status.Continue;
    }

    private void TransferValue(Account target)
    {
        var request = context.Request;
        var state = context.State;
        if (request.TransfersValue && !request.Value.IsZero)
        {
            state.SubtractBalance(state.Get(request.Caller), request.Value);
            state.AddBalance(target, request.Value);
        }
        else if (request.Kind is FrameKind.Call or FrameKind.StaticCall)
        {
            // Before EIP-161 a call with zero value created the account; since then it only touches it.
            if (context.Rules.ClearsEmptyAccounts)
            {
                state.Touch(target);
            }
            else
            {
                state.EnsureExists(target);
            }
        }
    }

    /// <summary>Returns the code to execute for an account: its own, or that of its delegate (EIP-7702), resolved once and not recursively.</summary>
    private ContractCode ResolveCode(Account source)
    {
        var code = context.State.CodeOf(source);
        return context.Rules.HasDelegations && code.TryGetDelegate(out var target)
            ? context.State.CodeOf(context.State.Get(target))
            : code;
    }

    private Frame? RunPrecompile<TTracer>(Frame? parent, in Snapshot snapshot, Precompiles.IPrecompile precompile, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var input = Input(parent);
        long gasLeft = context.Request.Gas - precompile.GasFor(input, context.Rules);
        if (gasLeft < 0)
        {
            return CompleteWithoutFrame(parent, snapshot, Status.OutOfGas, 0, ref tracer);
        }

        if (!precompile.TryRun(input, context.ReturnData))
        {
            context.ReturnData.Clear();
            return CompleteWithoutFrame(parent, snapshot, Status.PrecompileFailed, 0, ref tracer);
        }

        return CompleteWithoutFrame(parent, snapshot, Status.Return, gasLeft, ref tracer);
    }
}
