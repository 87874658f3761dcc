using System.Text.Json;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.Net.Sources;

/// <summary>What a lane does with one of its sources.</summary>
internal interface ISourceListener
{
    /// <summary>Parameters of eth_subscribe.</summary>
    IReadOnlyList<object> Subscription { get; }

    /// <summary>The source can be heard: it serves the right chain and took the subscription.</summary>
    ValueTask ConnectedAsync(SourceSession session, CancellationToken cancellationToken);

    /// <summary>A notification of the subscription; called in order, must not block.</summary>
    void Notified(JsonElement result);

    /// <summary>Runs while the source is connected, for what the lane wants to ask it meanwhile.</summary>
    /// <exception cref="SourceLostException">The source is no good: it is lost for the reason given.</exception>
    /// <exception cref="RpcTransportException">The source does not answer: it is lost.</exception>
    Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken);

    /// <summary>The source cannot be heard any more, or never could. Told once until it is connected again.</summary>
    ValueTask LostAsync(SourceLostException loss, CancellationToken cancellationToken);
}
