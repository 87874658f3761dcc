using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>The status of one chain's lanes on one ingest host.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.ingest-report")]
public sealed record IngestReport
{
    /// <summary>The name of the host.</summary>
    [Id(0)]
    public required string Host { get; init; }

    /// <summary>The time of the report.</summary>
    [Id(1)]
    public required UnixNanoseconds Time { get; init; }

    /// <summary>The sender recovery in use.</summary>
    [Id(2)]
    public required string SenderRecovery { get; init; }

    /// <summary>The lanes.</summary>
    [Id(3)]
    public IReadOnlyList<LaneReport> Lanes { get; init; } = [];
}
