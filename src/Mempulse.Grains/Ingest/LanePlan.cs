using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;

namespace Mempulse.Grains.Ingest;

/// <summary>A lane that an ingest host is to run.</summary>
/// <param name="Chain">The chain it feeds.</param>
/// <param name="IsSynthetic">True when its arrival times are made, not measured.</param>
/// <param name="Create">Makes the lane over the sink it appends to.</param>
public sealed record LanePlan(ChainId Chain, bool IsSynthetic, Func<IEventSink, TimeProvider, IIngestLane> Create);
