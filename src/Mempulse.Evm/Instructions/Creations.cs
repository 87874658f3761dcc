using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>CREATE and CREATE2 (EIP-1014): each pays, writes its request and hands over.</summary>
internal static class Creations
{
    public static Status Create(ref Machine m) => Begin(ref m, FrameKind.Create);

    public static Status Create2(ref Machine m) => Begin(ref m, FrameKind.Create2);

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
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
        var status = PayForInitcode(ref m, kind, offset, size);
        if (status != Status.Continue)
        {
            return status;
        }

        request.Caller = m.Frame.Self.Address;
        request.MovesValue = true;
        request.IsStatic = false;
        request.OutputAt = request.OutputLength = 0;
        request.Gas = m.Rules.KeepsCallReserve ? m.Gas - (m.Gas / Eip150.CallGasDivisor) : m.Gas;
        m.Gas -= request.Gas;
        return Status.Create;
    }

    /// <summary>Memory, the words of EIP-3860, and for CREATE2 the words that are hashed.</summary>
    private static Status PayForInitcode(ref Machine m, FrameKind kind, in UInt256 offset, in UInt256 size)
    {
        if (m.Rules.MetersInitcode && size > (ulong)Eip3860.MaxInitcodeSize)
        {
            return Status.InitcodeTooLarge;
        }

        var request = m.Context.Request;
        long wordGas = (m.Rules.MetersInitcode ? (long)Eip3860.InitcodeWordCost : 0) + (kind == FrameKind.Create2 ? FrontierGas.KeccakWord : 0);
        return m.TryExpand(offset, size, out request.InputAt, out request.InputLength) && m.TryPayWords(request.InputLength, wordGas)
            ? Status.Continue
            : Status.OutOfGas;
    }
}
