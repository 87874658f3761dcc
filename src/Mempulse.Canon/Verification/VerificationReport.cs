using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>What reading every byte of a log found.</summary>
/// <param name="Oldest">The first position there.</param>
/// <param name="Watermark">The last valid position.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Frames">Number of valid frames.</param>
/// <param name="Events">Number of valid records.</param>
/// <param name="TornBytes">Bytes of an unacknowledged tail that a crash left in the last segment; no damage.</param>
/// <param name="Orphans">Segments of writers that had lost their term; no damage.</param>
/// <param name="Damage">What is wrong: each a sentence with file and offset.</param>
public sealed record VerificationReport(
    GlobalSeq Oldest, GlobalSeq Watermark, int Segments, long Frames, long Events, long TornBytes, IReadOnlyList<string> Orphans, IReadOnlyList<LogDamage> Damage)
{
    /// <summary>True if nothing is wrong.</summary>
    public bool IsSound => Damage.Count == 0;
}
