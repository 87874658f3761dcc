using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Gas and refunds of SSTORE under the metering of the fork.</summary>
internal static class StoragePricing
{
    /// <summary>Charges for writing <paramref name="value"/> to the slot and updates the refund counter; false when out of gas.</summary>
    public static bool TryCharge(ref Machine m, int slotIndex, in UInt256 value)
    {
        var metering = m.Rules.StorageMetering;
        if (metering == StorageMetering.Plain)
        {
            return TryChargePlain(ref m, m.State.SlotAt(slotIndex), value);
        }

        long cold = metering == StorageMetering.WarmCold && m.State.WarmSlot(slotIndex) ? Eip2929.ColdSloadGas : 0;
        ref var slot = ref m.State.SlotAt(slotIndex);
        if (!m.TryCharge(cold + NetGas(slot, value, metering)))
        {
            return false;
        }

        m.State.Refund += NetRefund(slot, value, m.Rules);
        return true;
    }

    /// <summary>Yellow Paper, appendix G: by the current value only.</summary>
    private static bool TryChargePlain(ref Machine m, in StorageSlot slot, in UInt256 value)
    {
        if (!slot.Current.IsZero && value.IsZero)
        {
            m.State.Refund += m.Rules.ClearRefund;
        }

        return m.TryCharge(slot.Current.IsZero && !value.IsZero ? Eip2200.SetGas : Eip2200.ResetGas);
    }

    /// <summary>EIP-1283, EIP-2200 and EIP-2929 have the same cases and differ in two prices.</summary>
    private static long NetGas(in StorageSlot slot, in UInt256 value, StorageMetering metering)
    {
        if (slot.Current == value || slot.Original != slot.Current)
        {
            return DirtyGas(metering);
        }

        return slot.Original.IsZero ? Eip2200.SetGas : ResetGas(metering);
    }

    private static long NetRefund(in StorageSlot slot, in UInt256 value, ForkRules rules)
    {
        if (slot.Current == value)
        {
            return 0;
        }

        if (slot.Original == slot.Current)
        {
            return !slot.Original.IsZero && value.IsZero ? rules.ClearRefund : 0;
        }

        long refund = 0;
        if (!slot.Original.IsZero)
        {
            refund += slot.Current.IsZero ? -rules.ClearRefund : 0;
            refund += value.IsZero ? rules.ClearRefund : 0;
        }

        if (slot.Original == value)
        {
            var metering = rules.StorageMetering;
            refund += (slot.Original.IsZero ? Eip2200.SetGas : ResetGas(metering)) - DirtyGas(metering);
        }

        return refund;
    }

    private static long DirtyGas(StorageMetering metering) => metering switch
    {
        StorageMetering.Net1283 => Eip1283.DirtyGas,
        StorageMetering.Net2200 => Eip1884.SloadGas,
        _ => Eip2929.WarmGas,
    };

    private static long ResetGas(StorageMetering metering) =>
        metering == StorageMetering.WarmCold ? Eip2200.ResetGas - Eip2929.ColdSloadGas : Eip2200.ResetGas;
}
