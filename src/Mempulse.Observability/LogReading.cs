namespace Mempulse.Observability;

/// <summary>A log at one moment.</summary>
/// <param name="Watermark">The highest durable position.</param>
/// <param name="Epoch">The writer's epoch.</param>
/// <param name="IsWritable">Whether it accepts appends.</param>
/// <param name="DamagedPlaces">Damaged places found in it since the process started.</param>
/// <param name="DurableBytes">Bytes of records made durable since the process started.</param>
/// <param name="Disk">Bytes that are free on its volume, and bytes of the volume; zeros if the volume cannot be asked.</param>
public readonly record struct LogReading(ulong Watermark, ulong Epoch, bool IsWritable, int DamagedPlaces, long DurableBytes, (long FreeBytes, long SizeBytes) Disk);
