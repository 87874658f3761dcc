using System.Diagnostics.Metrics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Observability;

/// <summary>The counters of one lane of one chain, in the meter of <see cref="IngestMeter"/>.</summary>
/// <remarks>Safe for any thread. Lanes share the instruments and differ by their labels.</remarks>
public sealed class LaneMeter
{
    private readonly Meter _meter; // the factory owns it
    private readonly Counter<long> _appendedRecords;
    private readonly Counter<long> _appendedBytes;
    private readonly Counter<long> _appends;
    private readonly Counter<long> _bodies;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _sourceLosses;
    private readonly Counter<long> _receipts;
    private readonly UpDownCounter<long> _missingReceipts;
    private readonly Counter<long> _logs;
    private readonly Counter<long> _left;
    private readonly Counter<long> _announcements;
    private readonly Counter<long> _peerBodies;
    private readonly UpDownCounter<long> _requests;
    private readonly KeyValuePair<string, object?> _chain;
    private readonly KeyValuePair<string, object?> _lane;

    /// <summary>Counters of the lane called <paramref name="lane"/>.</summary>
    public LaneMeter(IMeterFactory meters, ChainId chain, string lane)
    {
        _meter = meters.Create(IngestMeter.Name);
        _appendedRecords = _meter.CreateCounter<long>("mempulse_ingest_appended_records", null, "Records a lane appended.");
        _appendedBytes = _meter.CreateCounter<long>("mempulse_ingest_appended_bytes", "By", "Bytes of records a lane appended.");
        _appends = _meter.CreateCounter<long>("mempulse_ingest_appends", null, "Appends, by outcome: appended, refused, unknown.");
        _bodies = _meter.CreateCounter<long>("mempulse_ingest_bodies", null, "Bodies, by outcome: decoded, duplicate, failed.");
        _dropped = _meter.CreateCounter<long>("mempulse_ingest_dropped", null, "Transactions dropped, by reason.");
        _sourceLosses = _meter.CreateCounter<long>("mempulse_ingest_source_losses", null, "Sources lost, by reason.");
        _receipts = _meter.CreateCounter<long>("mempulse_ingest_block_receipts", null, "Blocks whose receipts were settled, by outcome: none, with_block, later, unverified, given_up.");
        _missingReceipts = _meter.CreateUpDownCounter<long>("mempulse_ingest_missing_receipts", null, "Canonical blocks whose receipts are still missing.");
        _logs = _meter.CreateCounter<long>("mempulse_ingest_block_logs", null, "Logs of the receipts that were recorded, by outcome: kept, cut, left_out.");
        _left = _meter.CreateCounter<long>("mempulse_ingest_left_txs", null, "Transactions that left the pool of a source without a block that includes them; one for each source.");
        _announcements = _meter.CreateCounter<long>("mempulse_p2p_announcements", null, "Transactions announced by peers, known or not.");
        _peerBodies = _meter.CreateCounter<long>("mempulse_p2p_bodies", null, "Bodies from peers, by outcome: asked, received, broadcast, refused.");
        _requests = _meter.CreateUpDownCounter<long>("mempulse_p2p_requests", null, "Pending requests to peers for bodies.");
        _chain = Telemetry.Label(chain);
        _lane = new KeyValuePair<string, object?>("lane", lane);
        Lane = lane;
        Calls = new RpcMeter(meters, chain, lane);
    }

    /// <summary>The lane's name.</summary>
    public string Lane { get; }

    /// <summary>Counters of the lane's JSON-RPC calls.</summary>
    public RpcMeter Calls { get; }

    /// <summary>Counts an append.</summary>
    public void BatchAppended(int records, int bytes)
    {
        _appendedRecords.Add(records, _chain, _lane);
        _appendedBytes.Add(bytes, _chain, _lane);
        _appends.Add(1, _chain, _lane, Outcome("appended"));
    }

    /// <summary>Counts an append that failed.</summary>
    public void AppendFailed(bool isRefused) => _appends.Add(1, _chain, _lane, Outcome(isRefused ? "refused" : "unknown"));

    /// <summary>Counts a transaction that left the pool of a source.</summary>
    public void TransactionLeft() => _left.Add(1, _chain, _lane);

    /// <summary>Counts a body that was decoded.</summary>
    public void BodyDecoded() => _bodies.Add(1, _chain, _lane, Outcome("decoded"));

    /// <summary>Counts a body that is already recorded.</summary>
    public void BodyDuplicate() => _bodies.Add(1, _chain, _lane, Outcome("duplicate"));

    /// <summary>Counts a body that is not valid.</summary>
    public void BodyFailed() => _bodies.Add(1, _chain, _lane, Outcome("failed"));

    /// <summary>Counts dropped transactions.</summary>
    public void Dropped(DropReason reason, long count) => _dropped.Add(count, _chain, _lane, Reason(reason.ToString()));

    /// <summary>Counts a lost source.</summary>
    public void SourceLost(SourceLossReason reason) => _sourceLosses.Add(1, _chain, _lane, Reason(reason.ToString()));

    /// <summary>Counts a block whose receipts were settled.</summary>
    public void ReceiptsRecorded(string outcome) => _receipts.Add(1, _chain, _lane, Outcome(outcome));

    /// <summary>Changes the number of blocks that lack receipts.</summary>
    public void ReceiptsMissing(int change) => _missingReceipts.Add(change, _chain, _lane);

    /// <summary>Counts logs of receipts.</summary>
    public void LogsRecorded(string outcome, int count)
    {
        if (count > 0)
        {
            _logs.Add(count, _chain, _lane, Outcome(outcome));
        }
    }

    /// <summary>Counts announcements of peers.</summary>
    public void Announced(int count) => _announcements.Add(count, _chain, _lane);

    /// <summary>Counts bodies requested from peers or received from them.</summary>
    public void PeerBodies(string outcome, int count) => _peerBodies.Add(count, _chain, _lane, Outcome(outcome));

    /// <summary>Changes the number of pending requests.</summary>
    public void RequestsInFlight(int change) => _requests.Add(change, _chain, _lane);

    private static KeyValuePair<string, object?> Outcome(string name) => new("outcome", name);

    private static KeyValuePair<string, object?> Reason(string name) => new("reason", name);
}
