using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;

namespace Mempulse.Canon.Verification;

/// <summary>What a walk over a whole segment found.</summary>
/// <param name="Frames">Number of valid frames.</param>
/// <param name="Events">Number of their records.</param>
/// <param name="Lanes">The lanes after them.</param>
/// <param name="Damage">What is wrong, or null.</param>
internal sealed record SegmentFindings(long Frames, long Events, LaneTable Lanes, LogDamage? Damage);
