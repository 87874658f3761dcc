using Mempulse.Devp2p;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>The pending transactions of one chain as its peers tell of them: every announcement, delivery and broadcast of every peer, each body once.</summary>
/// <remarks>
/// A body is asked for at its first announcement, without the half second that geth waits. Peers come and go on record; the lane itself ends only
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

    /// <summary>A lane that is not yet started.</summary>
    /// <param name="options">Names and bounds.</param>
    /// <param name="decoded">The chain's decoded bodies, shared with its other lanes.</param>
    /// <param name="runtime">The network, not yet started; the lane owns it from here on.</param>
    /// <param name="sink">Where the lane appends.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option does not fit.</exception>
    public PeerLane(PeerLaneOptions options, DecodedBodies decoded, IP2pRuntime runtime, IEventSink sink, TimeProvider time)
    {
        options.Validate();
        _options = options;
        _runtime = runtime;
        _pipeline = new IngestPipeline(options.Name, options.Pipeline, decoded, sink, TransactionBodyDecoder.For(options.Chain), time, observer: this);
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
        _runtime.Start();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Closing the network takes leave of every peer, on record; what was asked of them comes back unanswered.
        await _runtime.DisposeAsync().ConfigureAwait(false);
        _subscription?.Dispose();
        await _fetcher.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _listener.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await _supervisor.StopPartsAsync().ConfigureAwait(false);
        await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LaneStatus ReadStatus() => _pipeline.ReadStatus(_listener.ReadStatus(_runtime.Self));

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
