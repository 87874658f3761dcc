using Mempulse.Net.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>What the parts of one lane's pipeline share.</summary>
internal sealed class PipelineContext(string laneName, IngestPipelineOptions options, DecodedBodies decoded, TimeProvider time, IBodyObserver? observer)
{
    /// <summary>The lane by name.</summary>
    public string LaneName { get; } = laneName;

    /// <summary>The lane by id.</summary>
    public LaneId Lane { get; } = LaneId.Of(laneName);

    /// <summary>Sizes and limits.</summary>
    public IngestPipelineOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>What is notified of the lane's own bodies that were refused; null when nothing is.</summary>
    public IBodyObserver? Observer { get; } = observer;

    /// <summary>The lane's counters.</summary>
    public IngestMetrics Metrics { get; } = new(laneName);

    /// <summary>Bodies that are recorded as decoded, by this lane and by those it shares the set with.</summary>
    public DecodedBodies Decoded { get; } = decoded;
}
