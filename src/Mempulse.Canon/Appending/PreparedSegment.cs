namespace Mempulse.Canon.Appending;

/// <summary>A zero-filled, synced file that waits to become a segment.</summary>
/// <param name="Path">Its temporary name.</param>
/// <param name="SizeBytes">Its length.</param>
internal sealed record PreparedSegment(string Path, long SizeBytes);
