using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Beacon block root in the EVM. <see href="https://eips.ethereum.org/EIPS/eip-4788"/></summary>
public static class Eip4788
{
    /// <summary>HISTORY_BUFFER_LENGTH: number of entries in the ring buffer.</summary>
    public const ulong HistoryBufferLength = 8_191;

    /// <summary>BEACON_ROOTS_ADDRESS.</summary>
    public static Address Contract { get; } = Address.Parse("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
}
