using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>CALL, CALLCODE, DELEGATECALL (EIP-7) and STATICCALL (EIP-214): each charges its gas and writes a <see cref="FrameRequest"/>.</summary>
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
        request.TransfersValue = true;
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

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
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
        request.TransfersValue = false;
        request.IsStatic = m.Frame.IsStatic;
        return request;
    }

    /// <summary>Pops the memory ranges, charges for memory, value and access, and forwards gas to the callee.</summary>
    private static Status Finish(ref Machine m, in UInt256 gas, long valueGas, in Address source)
    {
        if (!TryPopMemoryRanges(ref m) || !m.TryCharge(valueGas) || !TryChargeTarget(ref m, m.State.Get(source)))
        {
            return Status.OutOfGas;
        }

        if (!TryForwardGas(ref m, gas))
        {
            return Status.OutOfGas;
        }

        // The callee receives the stipend in addition; G_callvalue covers it.
        m.Context.Request.Gas += valueGas == 0 ? 0 : FrontierGas.CallStipend;
        return m.State.Gap is null ? Status.Call : Status.StateMissing;
    }

    private static bool TryPopMemoryRanges(ref Machine m)
    {
        ref var inputOffset = ref m.Pop();
        ref var inputSize = ref m.Pop();
        ref var outputOffset = ref m.Pop();
        ref var outputSize = ref m.Pop();
        var request = m.Context.Request;
        return m.TryExpand(inputOffset, inputSize, out request.InputAt, out request.InputLength)
            && m.TryExpand(outputOffset, outputSize, out request.OutputAt, out request.OutputLength);
    }

    /// <summary>Charges access to the account and its delegate (EIP-2929, EIP-7702), and the creation of the account by the call.</summary>
    private static bool TryChargeTarget(ref Machine m, Account account)
    {
        if (!AccountAccess.TryChargeAccess(ref m, account))
        {
            return false;
        }

        if (m.Rules.HasDelegations && m.State.CodeOf(account).TryGetDelegate(out var delegated)
            && !AccountAccess.TryChargeAccess(ref m, m.State.Get(delegated)))
        {
            return false;
        }

        var request = m.Context.Request;
        bool makesAccount = request.Kind == FrameKind.Call
            && (m.Rules.ClearsEmptyAccounts ? !request.Value.IsZero && (!account.Exists || account.IsEmpty) : !account.Exists);
        return m.TryCharge(makesAccount ? FrontierGas.NewAccount : 0);
    }

    /// <summary>Forwards gas: since EIP-150 at most all but 1/64 of the remaining gas; before, exactly the requested gas or the call runs out of gas.</summary>
    private static bool TryForwardGas(ref Machine m, in UInt256 wanted)
    {
        long most = m.Rules.KeepsCallReserve ? m.Gas - (m.Gas / Eip150.CallGasDivisor) : m.Gas;
        bool isWithin = wanted.FitsUInt64 && wanted.LowUInt64 <= (ulong)most;
        if (!isWithin && !m.Rules.KeepsCallReserve)
        {
            return false;
        }

        long gas = isWithin ? (long)wanted.LowUInt64 : most;
        m.Context.Request.Gas = gas;
        return m.TryCharge(gas);
    }
}
