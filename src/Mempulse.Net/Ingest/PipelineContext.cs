using Mempulse.Net.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>What the parts of one lane's pipeline share.</summary>
internal sealed class PipelineContext(string laneName, IngestPipelineOptions options, TimeProvider time, IBodyObserver? observer)
{
    /// <summary>The lane by name.</summary>
    public string LaneName { get; } = laneName;

    /// <summary>The lane by id.</summary>
    public LaneId Lane { get; } = LaneId.Of(laneName);

    /// <summary>Sizes and limits.</summary>
    public IngestPipelineOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Who wants to know what became of bodies.</summary>
    public IBodyObserver? Observer { get; } = observer;

    /// <summary>The lane's counters.</summary>
    public IngestMetrics Metrics { get; } = new(laneName);

    /// <summary>Bodies that are recorded as decoded.</summary>
    public RecentSet<Hash256> Decoded { get; } = new(options.RecentBodies);
}
