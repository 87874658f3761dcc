using Mempulse.Outcomes.Traces;

namespace Mempulse.Tracing.Exporting;

/// <summary>What an export needs besides the log and the collector.</summary>
public sealed record TraceExporterSetup
{
    /// <summary>Which opportunities are traced.</summary>
    public required TraceScope Scope { get; init; }

    /// <summary>When spans are exported.</summary>
    public required TraceForm Form { get; init; }

    /// <summary>The log's directory, where the place of the export is kept.</summary>
    public required string Directory { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Called with a sentence when the export begins to fail, and with an empty one when it goes on.</summary>
    public required Action<string> Reported { get; init; }
}
