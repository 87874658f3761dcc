using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>One source of the RPC lane: its sightings, its losses, and the comparison with its pool.</summary>
internal sealed class PendingSource : ISourceListener
{
    private readonly RpcLaneOptions _options;
    private readonly RpcEndpoint _endpoint;
    private readonly int _index;
    private readonly LaneParts _parts;
    private readonly PoolReconciler _reconciler;
    private readonly RecentSet<Hash256> _shown;
    private readonly SourceId _id;
    private long _sightings;
    private long _losses;
    private bool _isConnected;
    private UnixNanoseconds _lastHeard;
    private string _lastLoss = string.Empty;

    public PendingSource(RpcLaneOptions options, int index, LaneParts parts)
    {
        _options = options;
        _index = index;
        _parts = parts;
        _endpoint = options.Endpoints[index];
        _id = SourceId.Of(_endpoint.Name);
        _shown = new RecentSet<Hash256>(options.RecentSightings);
        _reconciler = new PoolReconciler(options, parts.Time, this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> Subscription =>
        _options.Subscription == PendingSubscription.Bodies ? ["newPendingTransactions", true] : ["newPendingTransactions"];

    /// <summary>Sightings by subscription since the start.</summary>
    public long SubscribedCount => Interlocked.Read(ref _sightings);

    /// <inheritdoc/>
    public async ValueTask ConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, true);
        var connected = new LogEvent.SourceConnected(
            _endpoint.Name, _options.Name, session.Endpoint.Shown, _options.Chain, session.ClientVersion, IsSynthetic: false);
        await PostAsync(connected, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask LostAsync(SourceLostException loss, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, false);
        _losses++;
        _lastLoss = $"{loss.Reason}: {loss.Message}";
        await PostAsync(new LogEvent.SourceLost(_endpoint.Name, loss.Reason, loss.Message), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the end on record, if the source was connected.</summary>
    public ValueTask StopAsync(CancellationToken cancellationToken) => Volatile.Read(ref _isConnected)
        ? LostAsync(new SourceLostException(SourceLossReason.Shutdown, "The lane was stopped."), cancellationToken)
        : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Notified(JsonElement result)
    {
        var now = ObservationClock.Now(_parts.Time);
        _lastHeard = now;
        if (RpcHex.TryReadHash(result, out var hash))
        {
            _sightings++;
            Sight(hash, SightingVia.HashSubscription, now);
        }
        else if (BodyText.Encode(result, out var claimed) is { } raw)
        {
            _sightings++;
            Show(raw, claimed, SightingVia.BodySubscription, now);
        }
        else if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("hash"u8, out var named) && RpcHex.TryReadHash(named, out hash))
        {
            // A type whose fields we do not know: its raw bytes are asked for, so that they are kept.
            Sight(hash, SightingVia.BodySubscription, now);
        }
        else
        {
            _parts.Pipeline.RecordDrop(
                DropReason.InvalidProtocol, "pending notification", _id, default, "The notification is neither a hash nor a transaction.");
        }
    }

    /// <inheritdoc/>
    public async Task RunConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts =
        [
            _parts.Fetcher.RunSourceAsync(_index, session.Client, ended.Token),
            _parts.Nonces.RunSourceAsync(_id, session.Client, ended.Token),
            _reconciler.RunAsync(session.Client, ended.Token),
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

    /// <summary>Records a hash this source has not shown yet, and sees to its body.</summary>
    /// <returns>True when it was new for this source.</returns>
    public bool Sight(Hash256 hash, SightingVia via, UnixNanoseconds now)
    {
        if (!_shown.Add(hash))
        {
            return false;
        }

        // What is dropped here may be shown again: by the source, or by the comparison with its pool.
        if (!_parts.Pipeline.TryPost(IngestItem.Sighting(hash, via, _id, now)) || !_parts.Fetcher.Request(hash, _index))
        {
            _shown.Remove(hash);
        }

        return true;
    }

    /// <summary>Records a body this source has not shown yet.</summary>
    /// <returns>True when it was new for this source.</returns>
    public bool Show(ReadOnlyMemory<byte> raw, Hash256 claimed, SightingVia via, UnixNanoseconds now)
    {
        if (!_shown.Add(claimed))
        {
            return false;
        }

        bool isFirst = _parts.Claimed.Add(claimed);
        var item = isFirst ? IngestItem.ShownBody(raw, claimed, via, _id, now) : IngestItem.Sighting(claimed, via, _id, now);
        if (!_parts.Pipeline.TryPost(item))
        {
            _shown.Remove(claimed);
            if (isFirst)
            {
                _parts.Claimed.Remove(claimed);
            }
        }

        return true;
    }

    /// <summary>Forgets that this source showed a transaction whose body was lost on its way.</summary>
    public void Forget(Hash256 hash) => _shown.Remove(hash);

    /// <summary>The source as it stands.</summary>
    public SourceStatus ReadStatus() =>
        new(_endpoint.Name, _endpoint.Shown, Volatile.Read(ref _isConnected), SubscribedCount + _reconciler.HealedCount, _losses, _lastHeard, _lastLoss);

    private async ValueTask PostAsync(LogEvent logEvent, CancellationToken cancellationToken) =>
        await _parts.Pipeline.PostAsync(IngestItem.Ready(logEvent, _id, ObservationClock.Now(_parts.Time)), cancellationToken).ConfigureAwait(false);
}
