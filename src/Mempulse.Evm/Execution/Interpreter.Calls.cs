using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;

namespace Mempulse.Evm.Execution;

/// <summary>How calls begin.</summary>
internal sealed partial class Interpreter
{
    /// <summary>The frame to run, or null when the call is over already and its caller goes on.</summary>
    private Frame? BeginCall<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = context.Request;
        var state = context.State;
        NoteEntry(parent, ref tracer);
        var snapshot = state.Take();
        var refusal = RefuseCall(parent);
        if (refusal != Status.Continue)
        {
            return Conclude(parent, snapshot, refusal, request.Gas, ref tracer);
        }

        var self = state.Get(request.Target);
        MoveValue(self);
        var source = state.Get(request.CodeSource);
        if (precompiles.Find(source.SmallNumber, context.Rules) is { } precompile)
        {
            return RunPrecompile(parent, snapshot, precompile, ref tracer);
        }

        var code = ResolveCode(source);
        if (state.Gap is not null)
        {
            return Conclude(parent, snapshot, Status.StateMissing, 0, ref tracer);
        }

        if (code.Length == 0)
        {
            context.ReturnData.Clear();
            return Conclude(parent, snapshot, Status.Stop, request.Gas, ref tracer);
        }

        return Enter(parent, code, self, snapshot);
    }

    /// <summary>A call that cannot be made costs nothing of the gas set aside for it.</summary>
    private Status RefuseCall(Frame? parent)
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

    private void MoveValue(Account target)
    {
        var request = context.Request;
        var state = context.State;
        if (request.MovesValue && !request.Value.IsZero)
        {
            state.SubtractBalance(state.Get(request.Caller), request.Value);
            state.AddBalance(target, request.Value);
        }
        else if (request.Kind is FrameKind.Call or FrameKind.StaticCall)
        {
            // Before EIP-161 a call of nothing made an account, since then it touches one.
            if (context.Rules.ClearsEmptyAccounts)
            {
                state.Touch(target);
            }
            else
            {
                state.Appear(target);
            }
        }
    }

    /// <summary>The code an account runs: its own, or that of the one it delegates to (EIP-7702), one step and no further.</summary>
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
            return Conclude(parent, snapshot, Status.OutOfGas, 0, ref tracer);
        }

        if (!precompile.TryRun(input, context.ReturnData))
        {
            context.ReturnData.Clear();
            return Conclude(parent, snapshot, Status.PrecompileFailed, 0, ref tracer);
        }

        return Conclude(parent, snapshot, Status.Return, gasLeft, ref tracer);
    }
}
