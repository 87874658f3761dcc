using System.Diagnostics.Metrics;

namespace Mempulse.Devp2p.Metrics;

/// <summary>The instruments of the peer-to-peer network on the meter "Mempulse.Devp2p"; listed in docs/metrics.md.</summary>
/// <remarks>Thread-safe. Process-wide: a node has one peer-to-peer network.</remarks>
public static class NetworkMetrics
{
    /// <summary>The meter name.</summary>
    public const string MeterName = "Mempulse.Devp2p";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly UpDownCounter<long> s_peers = s_meter.CreateUpDownCounter<long>("mempulse_p2p_peers", "{peer}", "Peers, by direction: Inbound, Outbound.");

    private static readonly Counter<long> s_dials =
        s_meter.CreateCounter<long>("mempulse_p2p_dials", "{dial}", "Dials, by outcome: connected, unreachable, refused.");

    private static readonly Counter<long> s_bytes = s_meter.CreateCounter<long>("mempulse_p2p_wire", "By", "Frame bytes, by direction: in, out.");

    private static readonly Counter<long> s_offences = s_meter.CreateCounter<long>("mempulse_p2p_offences", "{offence}", "Peer offences, by kind.");

    private static readonly Counter<long> s_bans = s_meter.CreateCounter<long>("mempulse_p2p_bans", "{ban}", "Peers banned for offences.");

    private static readonly Counter<long> s_foreignNodes =
        s_meter.CreateCounter<long>("mempulse_p2p_foreign_nodes", "{node}", "Discovered nodes whose record states another chain, a stale fork or no fork id.");

    internal static void PeerConnected(string direction) => s_peers.Add(1, new KeyValuePair<string, object?>("direction", direction));

    internal static void PeerDisconnected(string direction) => s_peers.Add(-1, new KeyValuePair<string, object?>("direction", direction));

    internal static void Dialled(string outcome) => s_dials.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal static void Read(int bytes) => s_bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "in"));

    internal static void Written(int bytes) => s_bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "out"));

    internal static void Offended(string kind) => s_offences.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal static void Banned() => s_bans.Add(1);

    internal static void FoundForeignNode() => s_foreignNodes.Add(1);
}
