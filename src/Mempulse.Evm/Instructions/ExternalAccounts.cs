using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>Looks at other accounts: BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFBALANCE.</summary>
internal static class ExternalAccounts
{
    public static Status Balance(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryPayAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = account.Balance;
        return AfterRead(ref m);
    }

    /// <summary>EIP-1884.</summary>
    public static Status SelfBalance(ref Machine m)
    {
        m.Push() = m.Frame.Self.Balance;
        return Status.Continue;
    }

    public static Status ExtCodeSize(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryPayAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = (ulong)m.State.CodeOf(account).Length;
        return AfterRead(ref m);
    }

    public static Status ExtCodeCopy(ref Machine m)
    {
        var account = m.State.Get(AddressWord.ToAddress(m.Pop()));
        if (!Surroundings.TryPrepareCopy(ref m, out int at, out int length, out var from) || !TryPayAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        Surroundings.CopyPadded(m.State.CodeOf(account).Bytes, from, m.Slice(at, length));
        return AfterRead(ref m);
    }

    /// <summary>Zero for an account that is not there or empty (EIP-1052).</summary>
    public static Status ExtCodeHash(ref Machine m)
    {
        ref var word = ref m.Top();
        var account = m.State.Get(AddressWord.ToAddress(word));
        if (!TryPayAccess(ref m, account))
        {
            return Status.OutOfGas;
        }

        word = !account.Exists || account.IsEmpty ? default : AddressWord.ToWord(account.CodeHash);
        return AfterRead(ref m);
    }

    /// <summary>Pays for looking at an account, cold or warm (EIP-2929); free before, where the instruction had one price.</summary>
    public static bool TryPayAccess(ref Machine m, Account account) =>
        !m.Rules.HasWarmAccess || m.TryPay(m.State.WarmAccount(account) ? Eip2929.ColdAccountGas : Eip2929.WarmGas);

    /// <summary>Ends the run when the reader did not know what was just asked.</summary>
    public static Status AfterRead(ref Machine m) => m.State.Gap is null ? Status.Continue : Status.StateMissing;

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x31, &Balance, 1, 1, set.Rules.BalanceGas);
        set.Add(0x3b, &ExtCodeSize, 1, 1, set.Rules.ExtCodeGas);
        set.Add(0x3c, &ExtCodeCopy, 4, 0, set.Rules.ExtCodeGas);
        set.AddFrom(Fork.Constantinople, 0x3f, &ExtCodeHash, 1, 1, set.Rules.ExtCodeHashGas);
        set.AddFrom(Fork.Istanbul, 0x47, &SelfBalance, 0, 1, Eip1884.SelfBalanceGas);
    }
}
