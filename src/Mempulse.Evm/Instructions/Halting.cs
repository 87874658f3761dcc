using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>Halting operations: STOP, RETURN, REVERT (EIP-140), INVALID (EIP-141), SELFDESTRUCT.</summary>
internal static class Halting
{
    public static Status Stop(ref Machine m) => Status.Stop;

    public static Status Return(ref Machine m) => TrySetResult(ref m) ? Status.Return : Status.OutOfGas;

    public static Status Revert(ref Machine m) => TrySetResult(ref m) ? Status.Revert : Status.OutOfGas;

    public static Status Invalid(ref Machine m) => Status.InvalidInstruction;

    /// <summary>SELFDESTRUCT; since Cancun it removes the account only in the transaction that created it (EIP-6780).</summary>
    public static Status SelfDestruct(ref Machine m)
    {
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        var self = m.Frame.Self;
        var beneficiary = m.State.Get(AddressWord.ToAddress(m.Pop()));
        if (!TryChargeBeneficiary(ref m, self, beneficiary))
        {
            return Status.OutOfGas;
        }

        TransferBalance(ref m, self, beneficiary);
        return m.State.Gap is null ? Status.SelfDestruct : Status.StateMissing;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x00, &Stop, 0, 0, 0);
        set.Add(0xf3, &Return, 2, 0, 0);
        set.AddFrom(Fork.Byzantium, 0xfd, &Revert, 2, 0, 0);
        set.Add(0xfe, &Invalid, 0, 0, 0);
        set.Add(0xff, &SelfDestruct, 1, 0, set.Rules.SelfDestructGas);
    }

    private static bool TrySetResult(ref Machine m)
    {
        ref var offset = ref m.Pop();
        ref var size = ref m.Pop();
        return m.TryExpand(offset, size, out m.Frame.ResultAt, out m.Frame.ResultLength);
    }

    private static bool TryChargeBeneficiary(ref Machine m, Account self, Account beneficiary)
    {
        long gas = m.Rules.HasWarmAccess && m.State.WarmAccount(beneficiary) ? Eip2929.ColdAccountGas : 0;
        bool makesAccount = m.Rules.ClearsEmptyAccounts ? !self.Balance.IsZero && (!beneficiary.Exists || beneficiary.IsEmpty) : !beneficiary.Exists;
        return m.TryCharge(gas + (makesAccount ? m.Rules.SelfDestructNewAccountGas : 0));
    }

    private static void TransferBalance(ref Machine m, Account self, Account beneficiary)
    {
        var state = m.State;
        var balance = self.Balance;
        m.Context.Beneficiary = beneficiary.Address;
        m.Context.SelfDestructBalance = balance;
        bool isRemoved = !m.Rules.KeepsOldAccounts || state.IsCreatedInTransaction(self);
        if (isRemoved && !state.IsDestroyedInTransaction(self))
        {
            state.Refund += m.Rules.SelfDestructRefund;
        }

        // When the beneficiary is the account itself, the balance is kept if the account stays, and burnt if it is removed.
        if (isRemoved || beneficiary != self)
        {
            state.SetBalance(self, default);
            state.AddBalance(beneficiary, beneficiary == self ? default : balance);
        }

        if (isRemoved)
        {
            state.Destroy(self);
        }
    }
}
