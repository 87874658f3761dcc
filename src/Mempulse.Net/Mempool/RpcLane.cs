using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Net.Sources;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>The pending transactions of one chain from several nodes in parallel: every sighting by every source, each body once.</summary>
/// <remarks>
/// A source that fails is recorded as lost and reconnected; the lane ends only when it is stopped. Transactions that a
/// subscription misses are found by comparison with the node's pool.
/// </remarks>
public sealed class RpcLane : IIngestLane, IBodyObserver
{
    private readonly RpcLaneOptions _options;
    private readonly IngestPipeline _pipeline;
    private readonly LaneParts _parts;
    private readonly PendingSource[] _sources;
    private readonly SourceLoops _loops;
    private readonly LaneSupervisor _supervisor;

    /// <summary>Creates a lane, which is not started yet.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is not valid.</exception>
    /// <param name="options">Names, sources and limits.</param>
    /// <param name="decoded">The chain's decoded bodies, shared with its other lanes.</param>
    /// <param name="sink">Where the lane appends.</param>
    /// <param name="time">The clock.</param>
    public RpcLane(RpcLaneOptions options, DecodedBodies decoded, IEventSink sink, TimeProvider time)
    {
        options.Validate();
        _options = options;
        _pipeline = new IngestPipeline(new LaneMeter(options.Meters, options.Chain, options.Name), options.Pipeline, decoded, sink, TransactionBodyDecoder.For(options.Chain), time, observer: this);
        var claimed = new RecentSet<Hash256>(options.Pipeline.RecentBodies);
        var fetcher = new BodyFetcher(options, _pipeline, decoded, claimed, time);
        _parts = new LaneParts(_pipeline, fetcher, new NonceProbe(options, _pipeline, time), claimed, time);
        _supervisor = new LaneSupervisor(_pipeline);
        _sources = [.. options.Endpoints.Select((_, index) => new PendingSource(options, index, _parts))];
        _loops = new SourceLoops(_sources, options.Endpoints, options.Chain, options.Connection, time, _pipeline.Metrics);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public Task Completion => _supervisor.Completion;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        _supervisor.StartAsync([.. _loops.Parts, _parts.Fetcher.RunRetriesAsync], cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _supervisor.StopPartsAsync().ConfigureAwait(false);
        _parts.Fetcher.DropAll();
        await _loops.StopAsync(cancellationToken).ConfigureAwait(false);
        await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LaneStatus ReadStatus() => _pipeline.ReadStatus(_loops.ReadStatus());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await _pipeline.DisposeAsync().ConfigureAwait(false);
    }

    void IBodyObserver.Decoded(Hash256 hash, Address sender) => _parts.Nonces.Note(sender);

    void IBodyObserver.Failed(Hash256 hash, DropReason reason)
    {
        _parts.Claimed.Remove(hash);
        if (reason == DropReason.LogUnavailable)
        {
            // The log refuses records. Once it accepts them, the comparison with the pools posts the transaction again.
            Array.ForEach(_sources, source => source.Forget(hash));
        }
    }

    void IBodyObserver.CopyRefused(Hash256 hash, SourceId source)
    {
        _parts.Claimed.Remove(hash);
        _parts.Fetcher.RequestElsewhere(hash, source);
    }
}
