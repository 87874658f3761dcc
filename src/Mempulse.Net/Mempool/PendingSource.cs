using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>One source of the RPC lane: its sightings, its bodies, and the comparison with its pool.</summary>
internal sealed class PendingSource : ISourceListener
{
    private readonly RpcLaneOptions _options;
    private readonly int _index;
    private readonly LaneParts _parts;
    private readonly PoolReconciler _reconciler;
    private readonly PendingPoller _poller;
    private readonly RecentSet<Hash256> _announced;
    private long _notifications;
    private long _sightings;

    public PendingSource(RpcLaneOptions options, int index, LaneParts parts)
    {
        _options = options;
        _index = index;
        _parts = parts;
        Record = new SourceRecord(options.Endpoints[index], options.Name, options.Chain, parts.Pipeline, parts.Time);
        _announced = new RecentSet<Hash256>(options.RecentSightings);
        Departures = new PoolDepartures(options, this);
        foreach (var hash in options.ResumeFrom.GetValueOrDefault(Record.Id, []))
        {
            Departures.Add(hash);
        }

        _reconciler = new PoolReconciler(options, parts.Time, this);
        _poller = new PendingPoller(options, parts.Time, this, _reconciler);
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> Subscription =>
        _options.Subscription == PendingSubscription.Bodies ? ["newPendingTransactions", true] : ["newPendingTransactions"];

    /// <inheritdoc/>
    public SourceRecord Record { get; }

    /// <summary>The transactions that this source has.</summary>
    public PoolDepartures Departures { get; }

    /// <summary>Number of messages of the subscription or filter since the start, readable or not: a source that sends any is not silent.</summary>
    public long NotificationCount => Interlocked.Read(ref _notifications);

    /// <inheritdoc/>
    public void Notified(JsonElement result)
    {
        Interlocked.Increment(ref _notifications);
        if (result.ValueKind == JsonValueKind.Array && result.GetArrayLength() > 0)
        {
            // Some nodes announce several transactions at once.
            foreach (var one in result.EnumerateArray())
            {
                Take(one, SightingVia.HashSubscription, SightingVia.BodySubscription);
            }
        }
        else
        {
            Take(result, SightingVia.HashSubscription, SightingVia.BodySubscription);
        }
    }

    /// <inheritdoc/>
    public void Unread(string why)
    {
        Record.Heard();
        Interlocked.Increment(ref _notifications);
        Drop(why);
    }

    /// <summary>Takes what a filter returned for one transaction.</summary>
    public void Polled(JsonElement result)
    {
        Interlocked.Increment(ref _notifications);
        Take(result, SightingVia.PoolSnapshot, SightingVia.PoolSnapshot);
    }

    /// <inheritdoc/>
    public async Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts =
        [
            _parts.Fetcher.RunSourceAsync(_index, session.Client, ended.Token),
            _parts.Nonces.RunSourceAsync(Record.Id, session.Client, ended.Token),
            session.IsSubscribed ? _reconciler.RunAsync(session.Client, ended.Token) : _poller.RunAsync(session.Client, ended.Token),
        ];
        try
        {
            await (await Task.WhenAny(parts).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Records a hash that this source has not announced before, and requests its body.</summary>
    /// <returns>True if it is new for this source.</returns>
    public bool RecordHash(Hash256 hash, SightingVia via, UnixNanoseconds now)
    {
        if (!_announced.Add(hash))
        {
            return false;
        }

        Departures.Add(hash);

        // If dropped, it may be announced again, by the source or by the comparison with its pool.
        if (!_parts.Pipeline.TryPost(IngestItem.Sighting(hash, via, Record.Id, now)) || !_parts.Fetcher.Request(hash, _index))
        {
            _announced.Remove(hash);
        }

        return true;
    }

    /// <summary>Records a body that this source has not announced before.</summary>
    /// <returns>True if it is new for this source.</returns>
    public bool RecordBody(ReadOnlyMemory<byte> raw, Hash256 claimed, SightingVia via, UnixNanoseconds now)
    {
        if (!_announced.Add(claimed))
        {
            return false;
        }

        Departures.Add(claimed);

        bool isFirst = _parts.Claimed.Add(claimed);
        var item = isFirst ? IngestItem.PushedBody(raw, claimed, via, Record.Id, now) : IngestItem.Sighting(claimed, via, Record.Id, now);
        if (!_parts.Pipeline.TryPost(item))
        {
            _announced.Remove(claimed);
            if (isFirst)
            {
                _parts.Claimed.Remove(claimed);
            }
        }

        return true;
    }

    /// <summary>Records that a transaction left the pool of this source. If the source announces it again, that is a new sighting.</summary>
    /// <returns>False if the queue is full.</returns>
    public bool RecordLeaving(Hash256 hash, LeavingVia via)
    {
        if (!_parts.Pipeline.TryPost(IngestItem.Ready(new LogEvent.TxLeft(hash, via), Record.Id, ObservationClock.Now(_parts.Time))))
        {
            return false;
        }

        _announced.Remove(hash);
        _parts.Pipeline.Metrics.TransactionLeft();
        return true;
    }

    /// <summary>Forgets that this source announced a transaction whose body did not reach the log.</summary>
    public void Forget(Hash256 hash) => _announced.Remove(hash);

    /// <summary>Counts and records something that cannot be read.</summary>
    public void Drop(string why) => _parts.Pipeline.RecordDrop(DropReason.InvalidProtocol, "pending notification", Record.Id, default, why);

    /// <inheritdoc/>
    public SourceStatus ReadStatus() => Record.ReadStatus(Interlocked.Read(ref _sightings) + _reconciler.FoundCount);

    /// <summary>Takes a hash, a transaction, or an object that names its hash.</summary>
    private void Take(JsonElement result, SightingVia asHash, SightingVia asBody)
    {
        var now = Record.Heard();
        if (RpcHex.TryReadHash(result, out var hash))
        {
            Interlocked.Increment(ref _sightings);
            RecordHash(hash, asHash, now);
        }
        else if (BodyText.Encode(result, _options.Chain, out var claimed) is { } raw)
        {
            Interlocked.Increment(ref _sightings);
            RecordBody(raw, claimed, asBody, now);
        }
        else if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("hash"u8, out var named) && RpcHex.TryReadHash(named, out hash))
        {
            // An unknown transaction type: its raw bytes are fetched, so that they are recorded.
            Interlocked.Increment(ref _sightings);
            RecordHash(hash, asBody, now);
        }
        else
        {
            Drop("The notification is neither a hash nor a transaction.");
        }
    }
}
