using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Format;

/// <summary>The last position of one lane that is in the log.</summary>
internal readonly record struct LaneMark(LaneId Lane, LanePosition Last);
