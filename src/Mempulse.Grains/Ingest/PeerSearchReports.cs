using Mempulse.Devp2p.Dialing;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Ingest;

/// <summary>Reports how a lane finds its peers.</summary>
internal static class PeerSearchReports
{
    public static PeerSearchReport Of(PeerSearch search) => new()
    {
        Enode = search.Self.TcpPort > 0 ? search.Self.ToString() : string.Empty,
        Configured = [.. search.Dials.Configured.Select(Of)],
        DiscoveredNodes = search.Dials.DiscoveredNodes,
        DiscoveredFailures = Of(search.Dials.DiscoveredFailures),
        DiscoveredSample = [.. search.Dials.DiscoveredSample.Select(Of)],
        InboundFailures = Of(search.Dials.InboundFailures),
        InboundSample = [.. search.Dials.InboundSample.Select(Of)],
    };

    private static NodeDials Of(DialledNode node) => new()
    {
        Name = PeerName.Of(node.Node.Id),
        Enode = node.Node.ToString(),
        Kind = node.Kind.ToString(),
        IsConnected = node.IsConnected,
        Reason = node.Failure?.Reason ?? DialFailureReason.Unknown,
        Detail = node.Failure?.Detail ?? string.Empty,
        Failures = node.FailedDials,
        FailingSince = Of(node.FailingSince),
        LastDial = Of(node.LastDial),
        NextDial = Of(node.NextDial),
        LastConnected = Of(node.LastConnected),
    };

    private static RefusedInbound Of(InboundFailure inbound) => new(
        inbound.Address.ToString(),
        inbound.Id is { } id ? PeerName.Of(id) : string.Empty,
        inbound.Failure.Reason,
        inbound.Failure.Detail,
        UnixNanoseconds.FromUtcTicks(inbound.At.UtcTicks));

    private static IReadOnlyList<FailureCount> Of(IReadOnlyDictionary<DialFailureReason, long> counts) =>
        [.. counts.Select(static entry => new FailureCount(entry.Key, entry.Value))];

    private static UnixNanoseconds? Of(DateTimeOffset? time) => time is { } known ? UnixNanoseconds.FromUtcTicks(known.UtcTicks) : null;
}
