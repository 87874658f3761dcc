using System.Diagnostics;
using System.Text.Json.Nodes;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Events;

/// <summary>What events of peers say, in JSON.</summary>
internal static class PeerText
{
    public static JsonObject Of(LogEvent logEvent) => logEvent switch
    {
        LogEvent.PeerConnected connected => new()
        {
            ["peer"] = connected.Peer.ToString(),
            ["name"] = connected.Name,
            ["lane"] = connected.Lane,
            ["client"] = connected.Client,
            ["ethVersion"] = connected.EthVersion,
            ["endpoint"] = connected.Endpoint,
            ["inbound"] = connected.IsInbound,
        },
        LogEvent.PeerLost lost => new()
        {
            ["peer"] = lost.Peer.ToString(),
            ["name"] = lost.Name,
            ["reason"] = lost.Reason.ToString(),
            ["protocolReason"] = lost.ProtocolReason,
            ["byPeer"] = lost.IsByPeer,
            ["detail"] = lost.Detail,
        },
        _ => throw new UnreachableException($"An event of kind {logEvent.Kind} is not of a peer."),
    };
}
