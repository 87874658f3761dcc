using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>How creations begin and end.</summary>
internal sealed partial class Interpreter
{
    /// <summary>The frame that runs the initcode, or null when the creation is over already.</summary>
    private Frame? BeginCreate<TTracer>(Frame? parent, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = context.Request;
        var state = context.State;
        var creator = state.Get(request.Caller);
        var refusal = RefuseCall(parent);
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

            NoteEntry(parent, ref tracer);
            return Conclude(parent, state.Take(), refusal, request.Gas, ref tracer);
        }

        var account = state.Get(TakeAddress(parent, creator));
        request.Target = request.CodeSource = account.Address;
        NoteEntry(parent, ref tracer);
        state.WarmAccount(account);
        var snapshot = state.Take();
        if (state.Gap is not null || account.Nonce != 0 || account.HasCode || account.HadStorage)
        {
            return Conclude(parent, snapshot, state.Gap is null ? Status.AddressCollision : Status.StateMissing, 0, ref tracer);
        }

        state.Create(account);
        if (context.Rules.ClearsEmptyAccounts)
        {
            state.SetNonce(account, 1);
        }

        MoveValue(account);
        return Enter(parent, new ContractCode(Input(parent), default), account, snapshot);
    }

    /// <summary>The nonce of a transaction's sender has moved before; a contract's moves here, and stays moved if the creation fails.</summary>
    private Address TakeAddress(Frame? parent, Account creator)
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

    /// <summary>Checks the code that initcode gave, takes its price and puts it in place.</summary>
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
            // In Frontier the contract then came to be without code.
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
