using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>A pipeline, and what its parts share, on a lane "lane" of chain 1.</summary>
internal static class PipelineParts
{
    public static PipelineContext Context(IngestPipelineOptions options, TimeProvider time) => new(Meter(), options, new DecodedBodies(options.RecentBodies), time, observer: null);

    public static IngestPipeline Pipeline(IngestPipelineOptions options, IEventSink sink, TimeProvider time) =>
        new(Meter(), options, new DecodedBodies(options.RecentBodies), sink, FixedRecovery.NewDecoder, time);

    private static LaneMeter Meter() => new(UnhostedMeters.Shared, new ChainId(1), "lane");
}
