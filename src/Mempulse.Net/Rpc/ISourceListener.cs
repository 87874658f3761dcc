using System.Text.Json;

namespace Mempulse.Net.Rpc;

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
    /// <exception cref="RpcTransportException">The source is no good: it is lost for the reason given.</exception>
    Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken);

    /// <summary>The source cannot be heard any more, or never could. Told once until it is connected again.</summary>
    ValueTask LostAsync(RpcTransportException loss, CancellationToken cancellationToken);
}
