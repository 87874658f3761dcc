using Mempulse.Devp2p;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>The pending transactions of one chain from its peers: every announcement, delivery and broadcast of every peer, each body once.</summary>
/// <remarks>
/// A body is requested at its first announcement, without geth's delay of half a second. Connections and losses of peers are recorded; the lane ends only
/// when it is stopped.
/// </remarks>
public sealed class PeerLane : IIngestLane, IBodyObserver
{
    private readonly PeerLaneOptions _options;
    private readonly IP2pRuntime _runtime;
    private readonly IngestPipeline _pipeline;
    private readonly PeerListener _listener;
    private readonly PeerBodyFetcher _fetcher;
    private readonly BodyReceiver _receiver;
    private readonly LaneSupervisor _supervisor;
    private IDisposable? _subscription;

    /// <summary>Creates a lane, which is not started yet.</summary>
    /// <param name="options">Names and limits.</param>
    /// <param name="decoded">The chain's decoded bodies, shared with its other lanes.</param>
    /// <param name="runtime">The network, not started yet. The lane takes ownership.</param>
    /// <param name="sink">Where the lane appends.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is not valid.</exception>
    public PeerLane(PeerLaneOptions options, DecodedBodies decoded, IP2pRuntime runtime, IEventSink sink, TimeProvider time)
    {
        options.Validate();
        _options = options;
        _runtime = runtime;
        _pipeline = new IngestPipeline(new LaneMeter(options.Meters, options.Chain, options.Name), options.Pipeline, decoded, sink, TransactionBodyDecoder.For(options.Chain), time, observer: this);
        var wanted = new WantedBodies(options, decoded);
        _receiver = new BodyReceiver(_pipeline, wanted, runtime, options.Pipeline.QueueCapacityItems * 2, time);
        _fetcher = new PeerBodyFetcher(_pipeline, wanted, _receiver, runtime);
        _listener = new PeerListener(options.Name, _pipeline, _fetcher, _receiver, time);
        _supervisor = new LaneSupervisor(_pipeline);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public Task Completion => _supervisor.Completion;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _supervisor.StartAsync([_fetcher.WatchAsync], cancellationToken).ConfigureAwait(false);
        _subscription = _runtime.Subscribe(_listener);
        _listener.Started();
        _runtime.Start();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Closing the network records the loss of every peer and ends their requests unanswered.
        await _runtime.DisposeAsync().ConfigureAwait(false);
        _subscription?.Dispose();
        await _fetcher.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _listener.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _supervisor.StopPartsAsync().ConfigureAwait(false);
        await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LaneStatus ReadStatus()
    {
        var search = new PeerSearch(_runtime.Self, _runtime.Dials);
        return _pipeline.ReadStatus(_listener.ReadStatus(search)) with { Peers = search };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync().ConfigureAwait(false);
        _subscription?.Dispose();
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await _pipeline.DisposeAsync().ConfigureAwait(false);
    }

    void IBodyObserver.Decoded(Hash256 hash, Address sender) => _receiver.Decoded(hash);

    void IBodyObserver.Failed(Hash256 hash, DropReason reason) => _receiver.Failed(hash, reason);

    void IBodyObserver.CopyRefused(Hash256 hash, SourceId source)
    {
        if (_receiver.CopyRefused(hash) is { } liar)
        {
            _fetcher.AskElsewhere(hash, liar);
        }
    }
}
