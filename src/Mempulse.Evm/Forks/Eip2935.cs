namespace Mempulse.Evm.Forks;

/// <summary>Serve historical block hashes from state. <see href="https://eips.ethereum.org/EIPS/eip-2935"/></summary>
public static class Eip2935
{
    /// <summary>Blocks the ring of hashes covers.</summary>
    public const ulong HistoryServeWindow = 8_191;
}
