using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>How one source showed a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="FirstAt">When it first did.</param>
/// <param name="Count">All its sightings; stays at its largest value once it is reached.</param>
public readonly record struct SourceSighting(SourceId Source, UnixNanoseconds FirstAt, uint Count);
