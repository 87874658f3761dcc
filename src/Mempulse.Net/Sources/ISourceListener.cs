using Mempulse.JsonRpc.Subscriptions;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;

namespace Mempulse.Net.Sources;

/// <summary>A lane's part in the session with one source.</summary>
internal interface ISourceListener : ISubscriptionListener
{
    /// <summary>Parameters of eth_subscribe.</summary>
    IReadOnlyList<object> Subscription { get; }

    /// <summary>The record of the source.</summary>
    SourceRecord Record { get; }

    /// <summary>Makes the lane's calls to the source while it is connected.</summary>
    /// <exception cref="SourceLostException">The source is unusable: it is lost for this reason.</exception>
    /// <exception cref="RpcTransportException">The source does not answer and is lost.</exception>
    Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken);

    /// <summary>Returns the status of the source.</summary>
    SourceStatus ReadStatus();
}
