using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>CREATE and CREATE2 (EIP-1014): each charges its gas and writes a <see cref="FrameRequest"/>.</summary>
internal static class Creation
{
    public static Status Create(ref Machine m) => Begin(ref m, FrameKind.Create);

    public static Status Create2(ref Machine m) => Begin(ref m, FrameKind.Create2);

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0xf0, &Create, 3, 1, FrontierGas.Create);
        set.AddFrom(Fork.Constantinople, 0xf5, &Create2, 4, 1, FrontierGas.Create);
    }

    private static Status Begin(ref Machine m, FrameKind kind)
    {
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        var request = m.Context.Request;
        request.Kind = kind;
        request.Value = m.Pop();
        ref var offset = ref m.Pop();
        ref var size = ref m.Pop();
        request.Salt = kind == FrameKind.Create2 ? m.Pop() : default;
        var status = ChargeInitcode(ref m, kind, offset, size);
        if (status != Status.Continue)
        {
            return status;
        }

        request.Caller = m.Frame.Self.Address;
        request.TransfersValue = true;
        request.IsStatic = false;
        request.OutputAt = request.OutputLength = 0;
        request.Gas = m.Rules.KeepsCallReserve ? m.Gas - (m.Gas / Eip150.CallGasDivisor) : m.Gas;
        m.Gas -= request.Gas;
        return Status.Create;
    }

    /// <summary>Charges memory, the initcode words of EIP-3860, and the hashed words of CREATE2.</summary>
    private static Status ChargeInitcode(ref Machine m, FrameKind kind, in UInt256 offset, in UInt256 size)
    {
        if (m.Rules.MetersInitcode && size > (ulong)Eip3860.MaxInitcodeSize)
        {
            return Status.InitcodeTooLarge;
        }

        var request = m.Context.Request;
        long wordGas = (m.Rules.MetersInitcode ? (long)Eip3860.InitcodeWordCost : 0) + (kind == FrameKind.Create2 ? FrontierGas.KeccakWord : 0);
        return m.TryExpand(offset, size, out request.InputAt, out request.InputLength) && m.TryChargeWords(request.InputLength, wordGas)
            ? Status.Continue
            : Status.OutOfGas;
    }
}
