using System.Diagnostics.Metrics;
using Mempulse.JsonRpc.Metrics;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Metrics;

/// <summary>The counters of one lane, on the meter "Mempulse.Net"; listed in docs/metrics.md.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class IngestMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Mempulse.Net";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Counter<long> s_appendedRecords =
        s_meter.CreateCounter<long>("mempulse_ingest_appended_records", "{record}", "Records a lane appended.");

    private static readonly Counter<long> s_appendedBytes =
        s_meter.CreateCounter<long>("mempulse_ingest_appended_bytes", "By", "Bytes of records a lane appended.");

    private static readonly Counter<long> s_appends =
        s_meter.CreateCounter<long>("mempulse_ingest_appends", "{append}", "Appends, by outcome: appended, refused, unknown.");

    private static readonly Counter<long> s_bodies =
        s_meter.CreateCounter<long>("mempulse_ingest_bodies", "{transaction}", "Bodies, by outcome: decoded, duplicate, failed.");

    private static readonly Counter<long> s_dropped =
        s_meter.CreateCounter<long>("mempulse_ingest_dropped", "{transaction}", "Transactions dropped, by reason.");

    private static readonly Counter<long> s_sourceLosses =
        s_meter.CreateCounter<long>("mempulse_ingest_source_losses", "{loss}", "Sources lost, by reason.");

    private static readonly Counter<long> s_announcements =
        s_meter.CreateCounter<long>("mempulse_p2p_announcements", "{announcement}", "Transactions announced by peers, known or not.");

    private static readonly Counter<long> s_peerBodies =
        s_meter.CreateCounter<long>("mempulse_p2p_bodies", "{transaction}", "Bodies of peers, by outcome: asked, received, broadcast, refused.");

    private static readonly UpDownCounter<long> s_requests =
        s_meter.CreateUpDownCounter<long>("mempulse_p2p_requests", "{request}", "Requests for bodies to peers in flight.");

    private readonly KeyValuePair<string, object?> _lane;

    /// <summary>Creates the counters of a lane.</summary>
    public IngestMetrics(string lane)
    {
        _lane = new KeyValuePair<string, object?>("lane", lane);
        Calls = new RpcMetrics(lane);
    }

    /// <summary>Counters of the lane's JSON-RPC calls.</summary>
    internal RpcMetrics Calls { get; }

    internal void BatchAppended(int records, int bytes)
    {
        s_appendedRecords.Add(records, _lane);
        s_appendedBytes.Add(bytes, _lane);
        s_appends.Add(1, _lane, Outcome("appended"));
    }

    internal void AppendFailed(bool isRefused) => s_appends.Add(1, _lane, Outcome(isRefused ? "refused" : "unknown"));

    internal void BodyDecoded() => s_bodies.Add(1, _lane, Outcome("decoded"));

    internal void BodyDuplicate() => s_bodies.Add(1, _lane, Outcome("duplicate"));

    internal void BodyFailed() => s_bodies.Add(1, _lane, Outcome("failed"));

    internal void Dropped(DropReason reason, long count) =>
        s_dropped.Add(count, _lane, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void SourceLost(SourceLossReason reason) =>
        s_sourceLosses.Add(1, _lane, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void Announced(int count) => s_announcements.Add(count, _lane);

    internal void PeerBodies(string outcome, int count) => s_peerBodies.Add(count, _lane, Outcome(outcome));

    internal void RequestsUnderWay(int change) => s_requests.Add(change, _lane);

    private static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);
}
