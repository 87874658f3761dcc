using Mempulse.Primitives;

namespace Mempulse.Replay.Histories;

/// <summary>One source's sightings of a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="First">Its first sighting.</param>
/// <param name="FirstTime">Time of the first sighting.</param>
/// <param name="Count">Number of sightings.</param>
/// <param name="LeftAt">When it had let go of the transaction; null while it has it, or cannot tell.</param>
public readonly record struct SourceHistory(SourceId Source, GlobalSeq First, UnixNanoseconds FirstTime, int Count, UnixNanoseconds? LeftAt = null);
