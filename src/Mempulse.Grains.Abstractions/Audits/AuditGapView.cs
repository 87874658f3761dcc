using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A gap of any source that overlaps the window of an audit.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled, Unrecorded or Blind.</param>
/// <param name="Name">Name of the source or lane; empty for all.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null when it was open as the block came.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-gap")]
public sealed record AuditGapView([property: Id(0)] string Kind, [property: Id(1)] string Name, [property: Id(2)] UnixNanoseconds From, [property: Id(3)] UnixNanoseconds? To);
