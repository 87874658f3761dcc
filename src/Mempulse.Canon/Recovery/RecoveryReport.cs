using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>What opening a log for writing found.</summary>
/// <param name="Epoch">The term that was taken.</param>
/// <param name="Watermark">The last position found.</param>
/// <param name="ClosedCleanly">True if the last writer sealed its segment.</param>
/// <param name="CarriedEvents">Events of the last frame, which nothing proved to be durable, that were written again into the new segment.</param>
/// <param name="TornTail">What a crash left behind, or null.</param>
/// <param name="Orphans">Segment files of writers that had lost their term; they hold nothing acknowledged.</param>
public sealed record RecoveryReport(
    Epoch Epoch, GlobalSeq Watermark, bool ClosedCleanly, int CarriedEvents, TornTail? TornTail, IReadOnlyList<string> Orphans);
