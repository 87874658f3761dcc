using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Verification;

/// <summary>How much of one lane there is.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Events">Number of records.</param>
/// <param name="Bytes">Their bytes, without length and CRC.</param>
/// <param name="Last">Its last position.</param>
public sealed record LaneCount(LaneId Lane, long Events, long Bytes, LanePosition Last);
