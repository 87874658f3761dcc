namespace Mempulse.Evm.Forks;

/// <summary>RLP execution block size limit, Osaka. <see href="https://eips.ethereum.org/EIPS/eip-7934"/></summary>
public static class Eip7934
{
    private const int MaxBlockSize = 10 << 20;
    private const int SafetyMargin = 2 << 20;

    /// <summary>MAX_RLP_BLOCK_SIZE in bytes, inclusive.</summary>
    public const int MaxRlpBlockSize = MaxBlockSize - SafetyMargin;
}
