using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Instructions;

/// <summary>PUSH0 to PUSH32, DUP1 to DUP16, SWAP1 to SWAP16: 0x5f to 0x9f. All of them run in the loop.</summary>
internal static class StackMoves
{
    private const byte Push0Code = 0x5f;
    private const byte Dup1Code = 0x80;
    private const byte Swap1Code = 0x90;
    private const int MaxPushBytes = 32;
    private const int MaxReach = 16;

    /// <summary>Code, words needed, words grown and gas of each instruction here. PUSH0 is of EIP-3855.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddFrom(Fork.Shanghai, Push0Code, InstructionSet.InLoop, 0, 1, FrontierGas.Base);
        for (int bytes = 1; bytes <= MaxPushBytes; bytes++)
        {
            set.Add((byte)(Push0Code + bytes), InstructionSet.InLoop, 0, 1, FrontierGas.VeryLow);
        }

        for (int i = 0; i < MaxReach; i++)
        {
            set.AddReaching((byte)(Dup1Code + i), InstructionSet.InLoop, i + 1, 1, FrontierGas.VeryLow);
            set.AddReaching((byte)(Swap1Code + i), InstructionSet.InLoop, i + 2, 0, FrontierGas.VeryLow);
        }
    }
}
