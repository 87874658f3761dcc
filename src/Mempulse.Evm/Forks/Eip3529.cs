namespace Mempulse.Evm.Forks;

/// <summary>Reduction in refunds. <see href="https://eips.ethereum.org/EIPS/eip-3529"/></summary>
public static class Eip3529
{
    /// <summary>MAX_REFUND_QUOTIENT: at most 1/5 of the gas used is refunded.</summary>
    public const long MaxRefundQuotient = 5;

    /// <summary>SSTORE_CLEARS_SCHEDULE: refund for clearing a slot.</summary>
    public const long ClearRefund = Eip2200.ResetGas - Eip2929.ColdSloadGas + (long)Eip2930.AccessListStorageKeyCost;
}
