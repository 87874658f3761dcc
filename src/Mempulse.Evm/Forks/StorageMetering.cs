namespace Mempulse.Evm.Forks;

/// <summary>The gas metering schemes of SSTORE.</summary>
public enum StorageMetering
{
    /// <summary>By the current value only (Yellow Paper, Frontier).</summary>
    Plain = 0,

    /// <summary>Net gas metering over the transaction: EIP-1283, Constantinople only.</summary>
    Net1283 = 1,

    /// <summary>Net gas metering with a reentrancy sentry: EIP-2200.</summary>
    Net2200 = 2,

    /// <summary>EIP-2200 with cold and warm slots: EIP-2929.</summary>
    WarmCold = 3,
}
