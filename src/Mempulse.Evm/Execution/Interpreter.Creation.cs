using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The start of contract creations, and the deployment of their code.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Starts the requested creation; returns the frame of the initcode, or null when the creation completed without a frame.</summary>
    private Frame? StartCreate<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = context.Request;
        var state = context.State;
        var creator = state.Get(request.Caller);
        var refusal = CheckCall(parent);
        if (refusal == Status.Continue && parent is not null && creator.Nonce == ulong.MaxValue)
        {
            refusal = Status.NonceAtEnd;
        }

        if (refusal != Status.Continue)
        {
            if (TTracer.IsOn && parent is not null)
            {
                request.Target = request.CodeSource = AddressOf(parent, creator);
            }

            TraceEnter(parent, ref tracer);
            return CompleteWithoutFrame(parent, state.TakeSnapshot(), refusal, request.Gas, ref tracer);
        }

        var account = state.Get(AssignAddress(parent, creator));
        request.Target = request.CodeSource = account.Address;
        TraceEnter(parent, ref tracer);
        state.WarmAccount(account);
        var snapshot = state.TakeSnapshot();
        if (state.Gap is not null || account.Nonce != 0 || account.HasCode || account.HadStorage)
        {
            return CompleteWithoutFrame(parent, snapshot, state.Gap is null ? Status.AddressCollision : Status.StateMissing, 0, ref tracer);
        }

        state.Create(account);
        if (context.Rules.ClearsEmptyAccounts)
        {
            state.SetNonce(account, 1);
        }

        TransferValue(account);
        return Enter(parent, new ContractCode(Input(parent), default), account, snapshot);
    }

    /// <summary>Computes the new address. Increments a contract's nonce, also if the creation fails; a sender's nonce is already incremented.</summary>
    private Address AssignAddress(Frame? parent, Account creator)
    {
        if (parent is null)
        {
            return ContractAddress.OfNonce(creator.Address, creator.Nonce - 1);
        }

        var address = AddressOf(parent, creator);
        context.State.SetNonce(creator, creator.Nonce + 1);
        return address;
    }

    private Address AddressOf(Frame parent, Account creator) => context.Request.Kind == FrameKind.Create2
        ? ContractAddress.OfSalt(creator.Address, context.Request.Salt, Input(parent))
        : ContractAddress.OfNonce(creator.Address, creator.Nonce);

    /// <summary>Validates the code that the initcode returned, charges the deposit cost and stores the code.</summary>
    private Status Deploy(Frame frame)
    {
        var code = Result(frame);
        var rules = context.Rules;
        if (rules.LimitsCodeSize && code.Length > Eip170.MaxCodeBytes)
        {
            return Status.CodeTooLarge;
        }

        if (rules.RejectsReservedCode && code.Length != 0 && code[0] == Eip3541.ReservedPrefix)
        {
            return Status.CodePrefixRejected;
        }

        long gas = code.Length * FrontierGas.CodeDepositByte;
        if (gas > frame.Gas)
        {
            // In Frontier the creation succeeded with empty code (EIP-2).
            return rules.FailsUnpaidCodeDeposit ? Status.OutOfGas : Status.Return;
        }

        frame.Gas -= gas;
        if (code.Length != 0)
        {
            context.State.SetCode(frame.Self, ContractCode.Of(code));
        }

        return Status.Return;
    }
}
