using System.Diagnostics.Metrics;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;

namespace Mempulse.Grains.Ingest;

/// <summary>What the host provides to a lane.</summary>
/// <param name="Sink">The sink it appends to.</param>
/// <param name="Decoded">The chain's recorded bodies, shared by its live lanes.</param>
/// <param name="Meters">Creates its instruments.</param>
/// <param name="Time">The clock.</param>
/// <param name="CanonicalBlocks">The canonical blocks in the log in ascending order, starting with the last final one; empty for a new log.</param>
public sealed record LaneContext(IEventSink Sink, DecodedBodies Decoded, IMeterFactory Meters, TimeProvider Time, IReadOnlyList<FoldedBlock> CanonicalBlocks);
