using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Forwards steps to the step trace and also records what its lines omit: memory and storage before each instruction.</summary>
internal sealed class StepNotes(StepTraceJson lines) : IStepWatcher
{
    private const byte Sload = 0x54;
    private const byte Sstore = 0x55;
    private readonly SortedDictionary<(Address Account, UInt256 Slot), UInt256> _storage = [];

    /// <summary>Memory before each instruction, in 32-byte words.</summary>
    public List<string[]> Memory { get; } = [];

    /// <summary>At SLOAD and SSTORE, every slot of the account that the transaction has accessed so far, including this one; null elsewhere.</summary>
    public List<string[]?> Storage { get; } = [];

    /// <summary>True if the instruction runs in init code.</summary>
    public List<bool> InCreation { get; } = [];

    public void Step(ref Machine machine, byte instruction)
    {
        ((IStepWatcher)lines).Step(ref machine, instruction);
        Memory.Add([.. machine.Slice(0, machine.MemorySize).ToArray().Chunk(UInt256.Size).Select(word => Hex.Data(word))]);
        InCreation.Add(machine.Frame.IsCreation);
        if (instruction is not (Sload or Sstore))
        {
            Storage.Add(null);
            return;
        }

        var account = machine.Frame.Self.Address;
        var slot = machine.Peek(0);
        _storage[(account, slot)] = instruction == Sstore ? machine.Peek(1) : machine.State.StorageOf(account, slot);
        Storage.Add([.. _storage.Where(entry => entry.Key.Account == account).Select(entry => $"{Hex.Word(entry.Key.Slot)}={Hex.Word(entry.Value)}")]);
    }

    public void FinishStep() => ((IStepWatcher)lines).FinishStep();

    public void End(TxExecution execution) => ((IStepWatcher)lines).End(execution);
}
