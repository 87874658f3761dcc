namespace Mempulse.Client.Audits;

/// <summary>A gap that overlaps the window of the audit.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled, Unrecorded or Blind.</param>
/// <param name="Name">The source or lane by name; empty for all sources.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null when it was open as the block came.</param>
public sealed record AuditGapPart(string Kind, string Name, string From, string? To);
