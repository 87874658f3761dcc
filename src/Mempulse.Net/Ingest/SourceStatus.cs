using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>The status of one source of a lane.</summary>
/// <param name="Name">Its name. <see cref="SourceId.Of"/> derives its id.</param>
/// <param name="Endpoint">Its address, without credentials.</param>
/// <param name="IsConnected">True while it is connected.</param>
/// <param name="SightingCount">Transactions it has announced since the lane started.</param>
/// <param name="LostCount">Number of losses since the lane started.</param>
/// <param name="LastHeard">When it last sent data; the zero instant if never.</param>
/// <param name="LastLoss">The reason for the last loss, as a sentence; empty if the source was never lost.</param>
public sealed record SourceStatus(
    string Name,
    string Endpoint,
    bool IsConnected,
    long SightingCount,
    long LostCount,
    UnixNanoseconds LastHeard,
    string LastLoss)
{
    /// <summary>How the source is received, e.g. "subscription"; empty if it does not apply.</summary>
    public string Reception { get; init; } = string.Empty;

    /// <summary>Why the source is unavailable, as a sentence; empty while it is connected.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>When the outage began; the zero instant while it is connected.</summary>
    public UnixNanoseconds ProblemSince { get; init; }

    /// <summary>When a connection was last tried; the zero instant if never.</summary>
    public UnixNanoseconds LastTry { get; init; }
}
