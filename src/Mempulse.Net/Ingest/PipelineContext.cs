using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>What the parts of a lane's pipeline share.</summary>
internal sealed class PipelineContext(LaneMeter meter, IngestPipelineOptions options, DecodedBodies decoded, TimeProvider time, IBodyObserver? observer)
{
    /// <summary>The lane's name.</summary>
    public string LaneName { get; } = meter.Lane;

    /// <summary>The lane's id.</summary>
    public LaneId Lane { get; } = LaneId.Of(meter.Lane);

    /// <summary>Sizes and limits.</summary>
    public IngestPipelineOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Receives the outcome of the lane's bodies; null if nothing does.</summary>
    public IBodyObserver? Observer { get; } = observer;

    /// <summary>The lane's counters.</summary>
    public LaneMeter Metrics { get; } = meter;

    /// <summary>The bodies on record as decoded, by this lane and the lanes that share the set.</summary>
    public DecodedBodies Decoded { get; } = decoded;
}
