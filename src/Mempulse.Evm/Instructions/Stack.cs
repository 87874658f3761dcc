using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Instructions;

/// <summary>Stack operations: POP, PUSH0 to PUSH32, DUP1 to DUP16, SWAP1 to SWAP16. All of them run inline in the loop.</summary>
internal static class Stack
{
    private const byte PopCode = 0x50;
    private const byte Push0Code = 0x5f;
    private const byte Dup1Code = 0x80;
    private const byte Swap1Code = 0x90;
    private const int MaxPushBytes = 32;
    private const int MaxReach = 16;

    /// <summary>Registers opcode, stack bounds and fixed gas of each instruction; PUSH0 is EIP-3855.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddInline(PopCode, InlineCode.Pop, 1, 0, FrontierGas.Base);
        set.AddInlineFrom(Fork.Shanghai, Push0Code, InlineCode.Push0, 0, 1, FrontierGas.Base);
        for (int bytes = 1; bytes <= MaxPushBytes; bytes++)
        {
            set.AddInline((byte)(Push0Code + bytes), PushOf(bytes), 0, 1, FrontierGas.VeryLow);
            set.Inline((byte)(Push0Code + bytes), PushOf(bytes), bytes);
        }

        for (int i = 0; i < MaxReach; i++)
        {
            set.AddReaching((byte)(Dup1Code + i), InlineCode.Dup, i + 1, 1, FrontierGas.VeryLow);
            set.AddReaching((byte)(Swap1Code + i), InlineCode.Swap, i + 2, 0, FrontierGas.VeryLow);
        }
    }

    private static InlineCode PushOf(int bytes) => bytes switch
    {
        1 => InlineCode.Push1,
        <= sizeof(ulong) => InlineCode.PushLimb,
        _ => InlineCode.PushWord,
    };
}
