using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Format;

/// <summary>A lane and the last of its positions that is in the log.</summary>
internal readonly record struct LaneMark(LaneId Lane, LaneSequence Last);
