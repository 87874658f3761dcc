using Mempulse.Client.Observations;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Observations;

/// <summary>Turns the reports of lanes of peers into responses.</summary>
internal static class PeerSearchText
{
    public static IReadOnlyList<PeerSearchPart> Of(IReadOnlyList<IngestReport> hosts) =>
        [.. hosts.SelectMany(static report => report.Lanes.Where(static lane => lane.Peers is not null).Select(lane => Of(report.Host, lane.Peers!)))];

    private static PeerSearchPart Of(string host, PeerSearchReport search) => new()
    {
        Host = host,
        Enode = search.Enode.Length > 0 ? search.Enode : null,
        Configured = [.. search.Configured.Select(Of)],
        DiscoveredNodes = search.DiscoveredNodes,
        DiscoveredFailures = Of(search.DiscoveredFailures),
        DiscoveredSample = [.. search.DiscoveredSample.Select(Of)],
        InboundFailures = Of(search.InboundFailures),
        InboundSample = [.. search.InboundSample.Select(Of)],
    };

    private static DialPart Of(NodeDials node) => new()
    {
        Name = node.Name,
        Enode = node.Enode,
        Kind = node.Kind,
        Connected = node.IsConnected,
        Reason = node.Reason == DialFailureReason.Unknown ? null : node.Reason.ToString(),
        Detail = node.Detail.Length == 0 ? null : node.Detail,
        Failures = node.Failures,
        FailingSince = ObservationText.Format(node.FailingSince),
        LastDial = ObservationText.Format(node.LastDial),
        NextDial = ObservationText.Format(node.NextDial),
        LastConnected = ObservationText.Format(node.LastConnected),
    };

    private static RefusedInboundPart Of(RefusedInbound inbound) =>
        new(inbound.Address, inbound.Name.Length == 0 ? null : inbound.Name, inbound.Reason.ToString(), inbound.Detail, inbound.At.ToRfc3339());

    private static Dictionary<string, long> Of(IReadOnlyList<FailureCount> counts) => counts.ToDictionary(static count => count.Reason.ToString(), static count => count.Count);
}
