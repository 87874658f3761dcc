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
        set.Add(PopCode, InstructionSet.InLoop, 1, 0, FrontierGas.Base);
        set.AddFrom(Fork.Shanghai, Push0Code, InstructionSet.InLoop, 0, 1, FrontierGas.Base);
        for (int bytes = 1; bytes <= MaxPushBytes; bytes++)
        {
            set.Add((byte)(Push0Code + bytes), InstructionSet.InLoop, 0, 1, FrontierGas.VeryLow);
        }

        for (int i = 0; i < MaxReach; i++)
        {
            set.AddWithGrowth((byte)(Dup1Code + i), InstructionSet.InLoop, i + 1, 1, FrontierGas.VeryLow);
            set.AddWithGrowth((byte)(Swap1Code + i), InstructionSet.InLoop, i + 2, 0, FrontierGas.VeryLow);
        }
    }
}
