using System.Diagnostics.Metrics;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;

namespace Mempulse.Grains.Ingest;

/// <summary>What the host provides to a lane.</summary>
/// <param name="Sink">The sink it appends to.</param>
/// <param name="Decoded">The chain's recorded bodies, shared by its live lanes.</param>
/// <param name="Meters">Creates its instruments.</param>
/// <param name="Time">The clock.</param>
/// <param name="Resumed">What the log says at the start of the lane.</param>
public sealed record LaneContext(IEventSink Sink, DecodedBodies Decoded, IMeterFactory Meters, TimeProvider Time, ResumePoint Resumed);
