using Mempulse.Primitives;

namespace Mempulse.Replay.Histories;

/// <summary>One source's sightings of a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="First">Its first sighting.</param>
/// <param name="FirstTime">Time of the first sighting.</param>
/// <param name="Count">Number of sightings.</param>
/// <param name="LeftAt">When the transaction was found to have left its pool; null while it is there, and for a peer.</param>
public readonly record struct SourceHistory(SourceId Source, GlobalSeq First, UnixNanoseconds FirstTime, int Count, UnixNanoseconds? LeftAt = null);
