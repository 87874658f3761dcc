using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>The result of reading every byte of a log.</summary>
/// <param name="Oldest">The first position in the log.</param>
/// <param name="Watermark">The last valid position.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Frames">Number of valid frames.</param>
/// <param name="Events">Number of valid records.</param>
/// <param name="TornBytes">Bytes of an unacknowledged tail that a crash left in the last segment; not damage.</param>
/// <param name="Orphans">Segment files of writers that had lost their epoch; not damage.</param>
/// <param name="Damage">Everything that is wrong.</param>
public sealed record VerificationReport(
    GlobalSeq Oldest, GlobalSeq Watermark, int Segments, long Frames, long Events, long TornBytes, IReadOnlyList<string> Orphans, IReadOnlyList<LogDamage> Damage)
{
    /// <summary>True if no damage was found.</summary>
    public bool IsSound => Damage.Count == 0;
}
