using System.Text.Json;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;

namespace Mempulse.Net.Sources;

/// <summary>What a lane does with one of its sources.</summary>
internal interface ISourceListener
{
    /// <summary>Parameters of eth_subscribe.</summary>
    IReadOnlyList<object> Subscription { get; }

    /// <summary>The source on record.</summary>
    SourceRecord Record { get; }

    /// <summary>A notification of the subscription; called in order, must not block.</summary>
    void Notified(JsonElement result);

    /// <summary>Runs while the source is connected, for what the lane wants to ask it meanwhile.</summary>
    /// <exception cref="SourceLostException">The source is no good: it is lost for the reason given.</exception>
    /// <exception cref="RpcTransportException">The source does not answer: it is lost.</exception>
    Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken);

    /// <summary>The source as it stands.</summary>
    SourceStatus ReadStatus();
}
