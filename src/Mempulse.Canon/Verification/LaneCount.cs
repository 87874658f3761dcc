using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Verification;

/// <summary>Number and size of the records of one lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Events">Number of records.</param>
/// <param name="Bytes">Their total size in bytes, without length and CRC fields.</param>
/// <param name="Last">The last sequence in the lane.</param>
public sealed record LaneCount(LaneId Lane, long Events, long Bytes, LaneSequence Last);
