using System.Diagnostics.Metrics;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;

namespace Mempulse.Grains.Ingest;

/// <summary>What a lane is made over.</summary>
/// <param name="Sink">Where it appends.</param>
/// <param name="Decoded">The bodies of the chain that are on record, shared by its live lanes.</param>
/// <param name="Meters">Makes its instruments.</param>
/// <param name="Time">Its clock.</param>
/// <param name="CanonicalBlocks">The canonical blocks in the log, from the last final one on, rising; empty for a new log.</param>
public sealed record LaneGround(IEventSink Sink, DecodedBodies Decoded, IMeterFactory Meters, TimeProvider Time, IReadOnlyList<FoldedBlock> CanonicalBlocks);
