using Mempulse.Devp2p.Dialing;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>States which nodes do not become peers, for people.</summary>
internal static class FailingPeers
{
    /// <summary>A configured node that cannot be connected, as a source of its lane.</summary>
    public static SourceStatus StatusOf(DialledNode node) =>
        new(PeerName.Of(node.Node.Id), node.Node.Place, IsConnected: false, SightingCount: 0, node.FailedDials, LastHeard: default, LastLoss: string.Empty)
        {
            Problem = node.Failure is { } failure ? $"{failure.Reason}: {failure.Detail} Its address is {node.Node.Place}." : string.Empty,
            ProblemSince = TimeOf(node.FailingSince),
            LastTry = TimeOf(node.LastDial),
        };

    /// <summary>A lane without a peer, as a source.</summary>
    /// <param name="lane">The lane's name.</param>
    /// <param name="search">Its search for peers.</param>
    /// <param name="since">Since when it has no peer.</param>
    /// <param name="losses">Number of peers lost.</param>
    /// <param name="lastLoss">The last loss of a peer; empty for none.</param>
    public static SourceStatus StatusOf(string lane, PeerSearch search, DateTimeOffset since, long losses, string lastLoss) =>
        new(lane, search.Self.TcpEndPoint.ToString(), IsConnected: false, SightingCount: 0, losses, LastHeard: default, lastLoss)
        {
            Problem = Describe(search.Dials, lastLoss),
            ProblemSince = TimeOf(since),
            LastTry = TimeOf(search.Dials.Configured.Concat(search.Dials.DiscoveredSample).Max(static node => node.LastDial)),
        };

    /// <summary>Without counts, which change with every dial: a problem that stays the same has the same text.</summary>
    private static string Describe(DialReport dials, string lastLoss)
    {
        string reasons = string.Join(", ", dials.ByReason.Keys);
        string failures = reasons.Length == 0 ? "No connection was attempted." : $"Connections failed: {reasons}.";
        return lastLoss.Length == 0 ? $"No peer has connected yet. {failures}" : $"No peer is connected. Last loss: {lastLoss} {failures}";
    }

    private static UnixNanoseconds TimeOf(DateTimeOffset? time) => time is { } known ? UnixNanoseconds.FromUtcTicks(known.UtcTicks) : default;
}
