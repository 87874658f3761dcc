using Mempulse.Primitives;

namespace Mempulse.Replay.Histories;

/// <summary>How one source showed a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="First">Its first sighting.</param>
/// <param name="FirstTime">When that was.</param>
/// <param name="Count">All its sightings.</param>
public readonly record struct SourceHistory(SourceId Source, GlobalSeq First, UnixNanoseconds FirstTime, int Count);
