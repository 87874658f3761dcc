namespace Mempulse.Canon.Appending;

/// <summary>A zero-filled, synced file that is ready to become a segment.</summary>
/// <param name="Path">Its path, under a temporary name.</param>
/// <param name="SizeBytes">Its length in bytes.</param>
internal sealed record PreparedSegment(string Path, long SizeBytes);
