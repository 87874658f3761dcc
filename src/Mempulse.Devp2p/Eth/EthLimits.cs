namespace Mempulse.Devp2p.Eth;

/// <summary>How much of anything one message may hold; more is a breach.</summary>
/// <remarks>What a message costs in memory is bounded by its bytes already (16 MiB); these bound what a small one can ask for.</remarks>
internal static class EthLimits
{
    /// <summary>Longest message before decompression; geth and reth have the same limit.</summary>
    public const int MaxMessageBytes = 10 * 1024 * 1024;

    /// <summary>Announced transactions; the protocol asks for 4,096 at most, and clients have sent more.</summary>
    public const int MaxAnnouncedTransactions = 16 * 1024;

    /// <summary>Hashes in a request.</summary>
    public const int MaxRequestedHashes = 4096;

    /// <summary>Items of an answer, and transactions in a broadcast.</summary>
    public const int MaxItems = 64 * 1024;
}
