using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>KECCAK256: 0x20.</summary>
internal static class Hashing
{
    public static Status Keccak(ref Machine m)
    {
        ref var offset = ref m.Pop();
        ref var size = ref m.Top();
        if (!m.TryExpand(offset, size, out int at, out int length) || !m.TryChargeWords(length, FrontierGas.KeccakWord))
        {
            return Status.OutOfGas;
        }

        size = AddressWord.ToWord(Keccak256.Hash(m.Slice(at, length)));
        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of the instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set) => set.Add(0x20, &Keccak, 2, 1, FrontierGas.Keccak);
}
