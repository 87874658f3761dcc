namespace Mempulse.Evm.Forks;

/// <summary>Gas cost increases for state access opcodes. <see href="https://eips.ethereum.org/EIPS/eip-2929"/></summary>
public static class Eip2929
{
    /// <summary>COLD_SLOAD_COST: first access to a slot in a transaction.</summary>
    public const long ColdSloadGas = 2_100;

    /// <summary>COLD_ACCOUNT_ACCESS_COST: first access to an account in a transaction.</summary>
    public const long ColdAccountGas = 2_600;

    /// <summary>WARM_STORAGE_READ_COST: any later access.</summary>
    public const long WarmGas = 100;
}
