using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>One source of a lane, as it stands.</summary>
/// <param name="Name">Its name; <see cref="SourceId.Of"/> gives its id.</param>
/// <param name="Endpoint">Where it is, without credentials.</param>
/// <param name="IsConnected">True while it can be heard.</param>
/// <param name="SightingCount">Transactions it showed since the lane started.</param>
/// <param name="LostCount">How often it was lost since the lane started.</param>
/// <param name="LastHeard">When it last said anything; the zero instant for never.</param>
/// <param name="LastLoss">Why it was lost last, in a sentence; empty for never.</param>
public sealed record SourceStatus(
    string Name,
    string Endpoint,
    bool IsConnected,
    long SightingCount,
    long LostCount,
    UnixNanoseconds LastHeard,
    string LastLoss);
