namespace Mempulse.Testing.SimulatedDisk;

/// <summary>One call to the disk.</summary>
/// <param name="Number">Its number since the last start, beginning with 1.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">Its file or directory.</param>
public readonly record struct DiskCall(long Number, DiskCallKind Kind, string Path);
