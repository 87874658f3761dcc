namespace Mempulse.Evm.Forks;

/// <summary>Beacon block root in the EVM. <see href="https://eips.ethereum.org/EIPS/eip-4788"/></summary>
public static class Eip4788
{
    /// <summary>Entries of the ring of roots.</summary>
    public const ulong HistoryBufferLength = 8_191;
}
