using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Serve historical block hashes from state. <see href="https://eips.ethereum.org/EIPS/eip-2935"/></summary>
public static class Eip2935
{
    /// <summary>HISTORY_SERVE_WINDOW: number of blocks in the ring buffer.</summary>
    public const ulong HistoryServeWindow = 8_191;

    /// <summary>HISTORY_STORAGE_ADDRESS.</summary>
    public static Address Contract { get; } = Address.Parse("0x0000f90827f1c53a10cb7a02335b175320002935");
}
