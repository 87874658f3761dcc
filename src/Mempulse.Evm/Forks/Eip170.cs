namespace Mempulse.Evm.Forks;

/// <summary>Contract code size limit. <see href="https://eips.ethereum.org/EIPS/eip-170"/></summary>
public static class Eip170
{
    /// <summary>MAX_CODE_SIZE: maximum length of deployed code in bytes, inclusive.</summary>
    public const int MaxCodeBytes = 0x6000;
}
