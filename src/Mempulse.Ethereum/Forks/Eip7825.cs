namespace Mempulse.Ethereum.Forks;

/// <summary>Transaction gas limit cap, Osaka. <see href="https://eips.ethereum.org/EIPS/eip-7825"/></summary>
public static class Eip7825
{
    /// <summary>Highest gas limit of a transaction, inclusive.</summary>
    public const ulong MaxTxGasLimit = 1 << 24;
}
