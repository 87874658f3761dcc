namespace Mempulse.Evm.Forks;

/// <summary>Bounds of header fields. Yellow Paper, section 4.4.4.</summary>
public static class FrontierHeader
{
    /// <summary>A gas limit differs from the parent's by less than the parent's divided by this.</summary>
    public const ulong GasLimitBoundDivisor = 1024;

    /// <summary>Minimum gas limit, inclusive.</summary>
    public const ulong MinGasLimit = 5000;

    /// <summary>Maximum gas limit, inclusive (EIP-1985).</summary>
    public const ulong MaxGasLimit = long.MaxValue;

    /// <summary>Maximum length of the extra data in bytes.</summary>
    public const int MaxExtraDataBytes = 32;

    /// <summary>Maximum number of ommers of a block.</summary>
    public const int MaxOmmers = 2;
}
