using Mempulse.Primitives;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Audits;

/// <summary>A gap of any source that overlaps the window of an audit.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Name of the source or lane; empty for all.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null when it was open as the block came.</param>
public sealed record AuditGap(GapKind Kind, string Name, UnixNanoseconds From, UnixNanoseconds? To);
