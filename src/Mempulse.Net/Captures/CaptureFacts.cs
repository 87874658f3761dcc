using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Captures;

/// <summary>Which events a capture holds as facts.</summary>
internal static class CaptureFacts
{
    /// <summary>True for what comes from outside and is neither a sighting nor a body, which have entries of their own.</summary>
    public static bool IsFact(EventKind kind) => kind is
        LogEvent.BlockObserved.KindNumber or
        LogEvent.ReorgDetected.KindNumber or
        LogEvent.ChainGap.KindNumber or
        LogEvent.AccountNonceObserved.KindNumber or
        LogEvent.TxIngestDropped.KindNumber or
        LogEvent.BlockIngestDropped.KindNumber or
        LogEvent.SourceConnected.KindNumber or
        LogEvent.SourceLost.KindNumber or
        LogEvent.PeerConnected.KindNumber or
        LogEvent.PeerLost.KindNumber;
}
