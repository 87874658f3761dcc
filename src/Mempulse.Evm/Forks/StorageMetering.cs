namespace Mempulse.Evm.Forks;

/// <summary>The ways SSTORE has been priced.</summary>
public enum StorageMetering
{
    /// <summary>By the present value only (Yellow Paper, Frontier).</summary>
    Plain = 0,

    /// <summary>Net of the whole transaction: EIP-1283, Constantinople only.</summary>
    Net1283 = 1,

    /// <summary>Net, with a sentry against re-entrance: EIP-2200.</summary>
    Net2200 = 2,

    /// <summary>EIP-2200 over warm and cold slots: EIP-2929.</summary>
    WarmCold = 3,
}
