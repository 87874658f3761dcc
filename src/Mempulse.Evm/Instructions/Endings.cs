using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>The ends of a frame: STOP, RETURN, REVERT (EIP-140), INVALID (EIP-141), SELFDESTRUCT.</summary>
internal static class Endings
{
    public static Status Stop(ref Machine m) => Status.Stop;

    public static Status Return(ref Machine m) => TryTakeResult(ref m) ? Status.Return : Status.OutOfGas;

    public static Status Revert(ref Machine m) => TryTakeResult(ref m) ? Status.Revert : Status.OutOfGas;

    public static Status Invalid(ref Machine m) => Status.InvalidInstruction;

    /// <summary>EIP-6780: since Cancun the account itself goes only in the transaction that made it.</summary>
    public static Status SelfDestruct(ref Machine m)
    {
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        var self = m.Frame.Self;
        var heir = m.State.Get(AddressWord.ToAddress(m.Pop()));
        if (!TryPayHeir(ref m, self, heir))
        {
            return Status.OutOfGas;
        }

        GiveAll(ref m, self, heir);
        return m.State.Gap is null ? Status.SelfDestruct : Status.StateMissing;
    }

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x00, &Stop, 0, 0, 0);
        set.Add(0xf3, &Return, 2, 0, 0);
        set.AddFrom(Fork.Byzantium, 0xfd, &Revert, 2, 0, 0);
        set.Add(0xfe, &Invalid, 0, 0, 0);
        set.Add(0xff, &SelfDestruct, 1, 0, set.Rules.SelfDestructGas);
    }

    private static bool TryTakeResult(ref Machine m)
    {
        ref var offset = ref m.Pop();
        ref var size = ref m.Pop();
        return m.TryExpand(offset, size, out m.Frame.ResultAt, out m.Frame.ResultLength);
    }

    private static bool TryPayHeir(ref Machine m, Account self, Account heir)
    {
        long gas = m.Rules.HasWarmAccess && m.State.WarmAccount(heir) ? Eip2929.ColdAccountGas : 0;
        bool makesAccount = m.Rules.ClearsEmptyAccounts ? !self.Balance.IsZero && (!heir.Exists || heir.IsEmpty) : !heir.Exists;
        return m.TryPay(gas + (makesAccount ? m.Rules.SelfDestructNewAccountGas : 0));
    }

    private static void GiveAll(ref Machine m, Account self, Account heir)
    {
        var state = m.State;
        var balance = self.Balance;
        m.Context.Heir = heir.Address;
        m.Context.Inheritance = balance;
        bool goes = !m.Rules.KeepsOldAccounts || state.IsCreatedHere(self);
        if (goes && !state.IsDestroyedHere(self))
        {
            state.Refund += m.Rules.SelfDestructRefund;
        }

        // An heir that is the account itself keeps the wei where the account stays, and loses them where it goes.
        if (goes || heir != self)
        {
            state.SetBalance(self, default);
            state.AddBalance(heir, heir == self ? default : balance);
        }

        if (goes)
        {
            state.Destroy(self);
        }
    }
}
