using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>What opening a log for writing found.</summary>
/// <param name="Epoch">The epoch that was taken.</param>
/// <param name="Watermark">The last position found.</param>
/// <param name="ClosedCleanly">True if the last writer sealed its segment, or if the log is new.</param>
/// <param name="CarriedEvents">Number of events in the last frame that nothing proved durable and that was written again into the new segment.</param>
/// <param name="TornTail">The torn tail that a crash left behind, or null.</param>
/// <param name="Orphans">Segment files of writers that had lost their epoch; they hold nothing acknowledged.</param>
public sealed record RecoveryReport(
    Epoch Epoch, GlobalSeq Watermark, bool ClosedCleanly, int CarriedEvents, TornTail? TornTail, IReadOnlyList<string> Orphans)
{
    /// <summary>The highest position that a checkpoint knew of, if the log now ends below it; a loss of power can cost that much without fsync.</summary>
    /// <remarks><see cref="GlobalSeq.None"/> if nothing is missing. Such checkpoints are renamed, because their positions are assigned again.</remarks>
    public GlobalSeq LostUpTo { get; init; }
}
