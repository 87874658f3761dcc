using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;

namespace Mempulse.Canon.Verification;

/// <summary>The result of verifying a whole segment.</summary>
/// <param name="Frames">Number of valid frames.</param>
/// <param name="Events">Number of records in them.</param>
/// <param name="Lanes">The lane sequences after them.</param>
/// <param name="Damage">Everything that is wrong, in order of offset.</param>
internal sealed record SegmentFindings(long Frames, long Events, LaneTable Lanes, IReadOnlyList<LogDamage> Damage);
