namespace Mempulse.Testing.SimulatedDisk;

/// <summary>One call to the disk.</summary>
/// <param name="Number">Its number since the last start, from 1.</param>
/// <param name="Kind">What was called.</param>
/// <param name="Path">On which file or directory.</param>
public readonly record struct DiskCall(long Number, DiskCallKind Kind, string Path);
