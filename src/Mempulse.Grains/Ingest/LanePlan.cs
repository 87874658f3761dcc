using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Grains.Ingest;

/// <summary>A lane that an ingest host is to run.</summary>
/// <param name="Name">The lane's name.</param>
/// <param name="Chain">The chain it feeds.</param>
/// <param name="IsSynthetic">True when its arrival times are made, not measured.</param>
/// <param name="Create">Makes the lane on the ground it stands on.</param>
public sealed record LanePlan(string Name, ChainId Chain, bool IsSynthetic, Func<LaneGround, IIngestLane> Create);
