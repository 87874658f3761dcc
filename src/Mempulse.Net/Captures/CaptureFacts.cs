using Mempulse.Primitives.Records;

namespace Mempulse.Net.Captures;

/// <summary>Which events a capture holds as facts.</summary>
internal static class CaptureFacts
{
    /// <summary>True for what comes from outside and is neither a sighting nor a body, which have entries of their own.</summary>
    public static bool IsFact(EventKind kind) => kind is
        EventKind.BlockObserved or
        EventKind.ReorgDetected or
        EventKind.ChainGap or
        EventKind.AccountNonceObserved or
        EventKind.TxIngestDropped or
        EventKind.BlockIngestDropped or
        EventKind.SourceConnected or
        EventKind.SourceLost or
        EventKind.PeerConnected or
        EventKind.PeerLost;
}
