using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>How one ingest host feeds one chain.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.ingest-report")]
public sealed record IngestReport
{
    /// <summary>The host by name.</summary>
    [Id(0)]
    public required string Host { get; init; }

    /// <summary>When it said so.</summary>
    [Id(1)]
    public required UnixNanoseconds Time { get; init; }

    /// <summary>Which sender recovery runs.</summary>
    [Id(2)]
    public required string SenderRecovery { get; init; }

    /// <summary>Its lanes.</summary>
    [Id(3)]
    public IReadOnlyList<LaneReport> Lanes { get; init; } = [];
}
