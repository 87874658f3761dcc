namespace Mempulse.Evm.Forks;

/// <summary>Reduction in refunds. <see href="https://eips.ethereum.org/EIPS/eip-3529"/></summary>
public static class Eip3529
{
    /// <summary>At most one part in this many of the gas used is refunded.</summary>
    public const long MaxRefundQuotient = 5;

    /// <summary>Refund for a slot that is cleared: what was paid to change it and to list it.</summary>
    public const long ClearRefund = Eip2200.ResetGas - Eip2929.ColdSloadGas + (long)Eip2930.AccessListStorageKeyCost;
}
