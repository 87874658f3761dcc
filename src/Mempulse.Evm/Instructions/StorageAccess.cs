using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>Storage operations: SLOAD, SSTORE, and TLOAD and TSTORE for transient storage (EIP-1153).</summary>
internal static class StorageAccess
{
    public static Status SLoad(ref Machine m)
    {
        ref var word = ref m.Top();
        int slot = m.State.SlotIndex(m.Frame.Self, word);
        if (m.Rules.HasWarmAccess && !m.TryCharge(m.State.WarmSlot(slot) ? Eip2929.ColdSloadGas : Eip2929.WarmGas))
        {
            return Status.OutOfGas;
        }

        word = m.State.SlotAt(slot).Current;
        return AccountAccess.AfterRead(ref m);
    }

    public static Status SStore(ref Machine m)
    {
        ref var key = ref m.Pop();
        ref var value = ref m.Pop();
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        if (m.Rules.StorageMetering >= StorageMetering.Net2200 && m.Gas <= Eip2200.SentryGas)
        {
            return Status.OutOfGas;
        }

        int slot = m.State.SlotIndex(m.Frame.Self, key);
        if (!StoragePricing.TryCharge(ref m, slot, value))
        {
            return Status.OutOfGas;
        }

        m.State.SetSlot(slot, value);
        return AccountAccess.AfterRead(ref m);
    }

    public static Status TLoad(ref Machine m)
    {
        ref var word = ref m.Top();
        word = m.State.Transient(m.Frame.Self, word);
        return Status.Continue;
    }

    public static Status TStore(ref Machine m)
    {
        ref var key = ref m.Pop();
        ref var value = ref m.Pop();
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        m.State.SetTransient(m.Frame.Self, key, value);
        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x54, &SLoad, 1, 1, set.Rules.SloadGas);
        set.Add(0x55, &SStore, 2, 0, 0);
        set.AddFrom(Fork.Cancun, 0x5c, &TLoad, 1, 1, Eip2929.WarmGas);
        set.AddFrom(Fork.Cancun, 0x5d, &TStore, 2, 0, Eip2929.WarmGas);
    }
}
