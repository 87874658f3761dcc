namespace Mempulse.Evm.Forks;

/// <summary>Gas cost increases for state access opcodes. <see href="https://eips.ethereum.org/EIPS/eip-2929"/></summary>
public static class Eip2929
{
    /// <summary>First access of a slot in a transaction.</summary>
    public const long ColdSloadGas = 2_100;

    /// <summary>First access of an account in a transaction.</summary>
    public const long ColdAccountGas = 2_600;

    /// <summary>Any later access.</summary>
    public const long WarmGas = 100;
}
