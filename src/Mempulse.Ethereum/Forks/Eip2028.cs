namespace Mempulse.Ethereum.Forks;

/// <summary>Transaction data gas cost reduction, Istanbul. <see href="https://eips.ethereum.org/EIPS/eip-2028"/></summary>
public static class Eip2028
{
    /// <summary>Gas per non-zero byte of the input.</summary>
    public const ulong NonZeroByte = 16;
}
