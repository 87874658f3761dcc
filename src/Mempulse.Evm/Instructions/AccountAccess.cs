using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>Account access: BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFBALANCE.</summary>
internal static class AccountAccess
{
    public static Status Balance(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryChargeAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = account.Balance;
        return AfterRead(ref m);
    }

    /// <summary>SELFBALANCE (EIP-1884).</summary>
    public static Status SelfBalance(ref Machine m)
    {
        m.Push() = m.Frame.Self.Balance;
        return Status.Continue;
    }

    public static Status ExtCodeSize(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryChargeAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = (ulong)m.State.CodeOf(account).Length;
        return AfterRead(ref m);
    }

    public static Status ExtCodeCopy(ref Machine m)
    {
        var account = m.State.Get(AddressWord.ToAddress(m.Pop()));
        if (!Environment.TryPrepareCopy(ref m, out int at, out int length, out var from) || !TryChargeAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        Environment.CopyPadded(m.State.CodeOf(account).Bytes, from, m.Slice(at, length));
        return AfterRead(ref m);
    }

    /// <summary>EXTCODEHASH: zero for an absent or empty account (EIP-1052).</summary>
    public static Status ExtCodeHash(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryChargeAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = !account.Exists || account.IsEmpty ? default : AddressWord.ToWord(account.CodeHash);
        return AfterRead(ref m);
    }

    /// <summary>Charges a cold or warm account access (EIP-2929); free before Berlin, where the fixed gas covers it.</summary>
    public static bool TryChargeAccess(ref Machine m, Account account) =>
        !m.Rules.HasWarmAccess || m.TryCharge(m.State.WarmAccount(account) ? Eip2929.ColdAccountGas : Eip2929.WarmGas);

    /// <summary>Ends the run when the preceding read hit missing state.</summary>
    public static Status AfterRead(ref Machine m) => m.State.Gap is null ? Status.Continue : Status.StateMissing;

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x31, &Balance, 1, 1, set.Rules.BalanceGas);
        set.Add(0x3b, &ExtCodeSize, 1, 1, set.Rules.ExtCodeGas);
        set.Add(0x3c, &ExtCodeCopy, 4, 0, set.Rules.ExtCodeGas);
        set.AddFrom(Fork.Constantinople, 0x3f, &ExtCodeHash, 1, 1, set.Rules.ExtCodeHashGas);
        set.AddFrom(Fork.Istanbul, 0x47, &SelfBalance, 0, 1, Eip1884.SelfBalanceGas);
    }
}
