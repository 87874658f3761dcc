using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Transactions;

/// <summary>What a transaction pays before it begins. Yellow Paper, section 6.2, and the EIPs named below.</summary>
/// <param name="Gas">Intrinsic gas.</param>
/// <param name="Floor">The least it pays in the end (EIP-7623); 0 before Prague.</param>
public readonly record struct IntrinsicGas(long Gas, long Floor)
{
    /// <summary>The intrinsic gas of <paramref name="transaction"/>.</summary>
    public static IntrinsicGas Of(EvmTransaction transaction, ForkRules rules)
    {
        var input = transaction.Input.Span;
        long zeroBytes = input.Count((byte)0);
        long otherBytes = input.Length - zeroBytes;
        long gas = FrontierGas.Transaction + (zeroBytes * FrontierGas.ZeroByte) + (otherBytes * rules.NonZeroByteGas);
        if (transaction.Recipient is null)
        {
            gas += rules.CreateTransactionGas;
            gas += rules.MetersInitcode ? (long)Eip3860.InitcodeWordCost * ((input.Length + 31L) / 32) : 0;
        }

        gas += AccessListGas(transaction.AccessList);
        gas += transaction.Authorizations.Count * (long)Eip7702.PerEmptyAccountCost;
        long tokens = zeroBytes + (otherBytes * (long)Eip7623.TokensPerNonZeroByte);
        return new IntrinsicGas(gas, rules.HasCalldataFloor ? FrontierGas.Transaction + (tokens * (long)Eip7623.TotalCostFloorPerToken) : 0);
    }

    /// <summary>EIP-2930.</summary>
    private static long AccessListGas(IReadOnlyList<AccessListEntry> accessList)
    {
        long gas = accessList.Count * (long)Eip2930.AccessListAddressCost;
        for (int i = 0; i < accessList.Count; i++)
        {
            gas += accessList[i].Slots.Count * (long)Eip2930.AccessListStorageKeyCost;
        }

        return gas;
    }
}
