namespace Mempulse.Devp2p.Eth;

/// <summary>Limits on the content of one message; exceeding one is a protocol breach.</summary>
/// <remarks>The payload limit (16 MiB) already bounds a message's memory; these limits bound the work that a small message can request.</remarks>
internal static class EthLimits
{
    /// <summary>Longest message as received, before decompression. geth and reth apply the same figure to the decompressed message.</summary>
    public const int MaxMessageBytes = 10 * 1024 * 1024;

    /// <summary>Transactions in one announcement; the protocol recommends at most 4,096, but clients have sent more.</summary>
    public const int MaxAnnouncedTransactions = 16 * 1024;

    /// <summary>Hashes in a request, and blocks in one announcement.</summary>
    public const int MaxRequestedHashes = 4096;

    /// <summary>Items in a response, and transactions in a broadcast.</summary>
    public const int MaxItems = 64 * 1024;
}
