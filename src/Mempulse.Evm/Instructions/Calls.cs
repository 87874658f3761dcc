using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>CALL, CALLCODE, DELEGATECALL (EIP-7) and STATICCALL (EIP-214): each pays, writes its request and hands over.</summary>
internal static class Calls
{
    public static Status Call(ref Machine m)
    {
        ref var gas = ref m.Pop();
        var target = AddressWord.ToAddress(m.Pop());
        var value = m.Pop();
        if (m.Frame.IsStatic && !value.IsZero)
        {
            return Status.StaticViolation;
        }

        var request = Begin(ref m, FrameKind.Call, target, target);
        request.Value = value;
        request.MovesValue = true;
        return Finish(ref m, gas, value.IsZero ? 0 : FrontierGas.CallValue, target);
    }

    public static Status CallCode(ref Machine m)
    {
        ref var gas = ref m.Pop();
        var source = AddressWord.ToAddress(m.Pop());
        var value = m.Pop();
        var request = Begin(ref m, FrameKind.CallCode, m.Frame.Self.Address, source);
        request.Value = value;
        return Finish(ref m, gas, value.IsZero ? 0 : FrontierGas.CallValue, source);
    }

    public static Status DelegateCall(ref Machine m)
    {
        ref var gas = ref m.Pop();
        var source = AddressWord.ToAddress(m.Pop());
        var request = Begin(ref m, FrameKind.DelegateCall, m.Frame.Self.Address, source);
        request.Value = m.Frame.Value;
        request.Caller = m.Frame.Caller;
        return Finish(ref m, gas, 0, source);
    }

    public static Status StaticCall(ref Machine m)
    {
        ref var gas = ref m.Pop();
        var target = AddressWord.ToAddress(m.Pop());
        var request = Begin(ref m, FrameKind.StaticCall, target, target);
        request.Value = default;
        request.IsStatic = true;
        return Finish(ref m, gas, 0, target);
    }

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0xf1, &Call, 7, 1, set.Rules.CallGas);
        set.Add(0xf2, &CallCode, 7, 1, set.Rules.CallGas);
        set.AddFrom(Fork.Homestead, 0xf4, &DelegateCall, 6, 1, set.Rules.CallGas);
        set.AddFrom(Fork.Byzantium, 0xfa, &StaticCall, 6, 1, set.Rules.CallGas);
    }

    private static FrameRequest Begin(ref Machine m, FrameKind kind, in Address target, in Address source)
    {
        var request = m.Context.Request;
        request.Kind = kind;
        request.Target = target;
        request.CodeSource = source;
        request.Caller = m.Frame.Self.Address;
        request.MovesValue = false;
        request.IsStatic = m.Frame.IsStatic;
        return request;
    }

    /// <summary>Takes the places in memory, pays for everything, and sets gas aside for the callee.</summary>
    private static Status Finish(ref Machine m, in UInt256 gas, long valueGas, in Address source)
    {
        if (!TryTakePlaces(ref m) || !m.TryPay(valueGas) || !TryPayTarget(ref m, m.State.Get(source)))
        {
            return Status.OutOfGas;
        }

        if (!TrySetGasAside(ref m, gas))
        {
            return Status.OutOfGas;
        }

        // The stipend is the callee's on top and was paid for with the value.
        m.Context.Request.Gas += valueGas == 0 ? 0 : FrontierGas.CallStipend;
        return m.State.Gap is null ? Status.Call : Status.StateMissing;
    }

    private static bool TryTakePlaces(ref Machine m)
    {
        ref var inputOffset = ref m.Pop();
        ref var inputSize = ref m.Pop();
        ref var outputOffset = ref m.Pop();
        ref var outputSize = ref m.Pop();
        var request = m.Context.Request;
        return m.TryExpand(inputOffset, inputSize, out request.InputAt, out request.InputLength)
            && m.TryExpand(outputOffset, outputSize, out request.OutputAt, out request.OutputLength);
    }

    /// <summary>Access of the account and of the one it delegates to (EIP-2929, EIP-7702), and the price of an account that the call makes.</summary>
    private static bool TryPayTarget(ref Machine m, Account account)
    {
        if (!ExternalAccounts.TryPayAccess(ref m, account))
        {
            return false;
        }

        if (m.Rules.HasDelegations && m.State.CodeOf(account).TryGetDelegate(out var delegated)
            && !ExternalAccounts.TryPayAccess(ref m, m.State.Get(delegated)))
        {
            return false;
        }

        var request = m.Context.Request;
        bool makesAccount = request.Kind == FrameKind.Call
            && (m.Rules.ClearsEmptyAccounts ? !request.Value.IsZero && (!account.Exists || account.IsEmpty) : !account.Exists);
        return m.TryPay(makesAccount ? FrontierGas.NewAccount : 0);
    }

    /// <summary>Since EIP-150 a call gets at most all but a 64th of what is left; before, what it asked for or nothing went.</summary>
    private static bool TrySetGasAside(ref Machine m, in UInt256 wanted)
    {
        long most = m.Rules.KeepsCallReserve ? m.Gas - (m.Gas / Eip150.CallGasDivisor) : m.Gas;
        bool isWithin = wanted.FitsUInt64 && wanted.LowUInt64 <= (ulong)most;
        if (!isWithin && !m.Rules.KeepsCallReserve)
        {
            return false;
        }

        long gas = isWithin ? (long)wanted.LowUInt64 : most;
        m.Context.Request.Gas = gas;
        return m.TryPay(gas);
    }
}
