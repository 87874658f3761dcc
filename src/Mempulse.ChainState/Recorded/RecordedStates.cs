using Mempulse.Primitives;

namespace Mempulse.ChainState.Recorded;

/// <summary>The recorded states of a capture, as its state file holds them.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Capture">The title of the capture that the states belong to.</param>
/// <param name="Provenance">Where the states come from, and their licence.</param>
/// <param name="Blocks">The states, by ascending number of their block.</param>
public sealed record RecordedStates(ChainId Chain, string Capture, string Provenance, IReadOnlyList<RecordedBlock> Blocks);
