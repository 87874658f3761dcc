using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Grains.Ingest;

/// <summary>A lane for an ingest host to run.</summary>
/// <param name="Name">The lane's name.</param>
/// <param name="Chain">The chain it feeds.</param>
/// <param name="IsSynthetic">True when its arrival times are synthetic, not measured.</param>
/// <param name="Create">Creates the lane from what the host provides.</param>
public sealed record LanePlan(string Name, ChainId Chain, bool IsSynthetic, Func<LaneContext, IIngestLane> Create);
