namespace Mempulse.Evm.Forks;

/// <summary>Bounds of the fields of headers. Yellow Paper, section 4.4.4.</summary>
public static class FrontierHeader
{
    /// <summary>A gas limit differs from its parent's by less than one part in this many.</summary>
    public const ulong GasLimitBoundDivisor = 1024;

    /// <summary>Lowest gas limit.</summary>
    public const ulong MinGasLimit = 5000;

    /// <summary>Highest gas limit: EIP-1985, and what clients hold.</summary>
    public const ulong MaxGasLimit = long.MaxValue;

    /// <summary>Most bytes of extra data.</summary>
    public const int MaxExtraDataBytes = 32;

    /// <summary>Most uncles of a block.</summary>
    public const int MaxOmmers = 2;
}
