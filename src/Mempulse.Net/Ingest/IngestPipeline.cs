using Mempulse.Net.Decoding;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>The pipeline of every lane: a bounded queue, parallel decoding, restored input order, and batches that are appended one at a time.</summary>
/// <remarks>
/// For a given order of posts, any number of workers appends the same bytes. Posts are safe from any thread, and
/// the items of one producer keep their order. Decoding runs on dedicated threads, because sender recovery is CPU
/// bound. A full batch blocks them, so back-pressure reaches the queue, which refuses posts or makes them wait.
/// </remarks>
public sealed class IngestPipeline : IAsyncDisposable
{
    /// <summary>A timer that is later than this was held up by more than load: the process was stopped, or the machine was.</summary>
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(3);

    private readonly PipelineContext _context;
    private readonly IngestQueue _queue;
    private readonly DropLedger _drops;
    private readonly LaneRecorder _recorder;
    private readonly ChunkOrder _order;
    private readonly BatchSender _sender;
    private readonly IEventSink _sink;
    private readonly DecodeWorkers _workers;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _tick;
    private long _lastTick;
    private int _isStarted;
    private bool _isRunning;

    /// <summary>Creates a pipeline, which is not started yet.</summary>
    /// <param name="meter">The counters of the lane that owns the records.</param>
    /// <param name="options">Sizes and limits; validated here.</param>
    /// <param name="decoded">The bodies already on record; shared with the other live lanes of the chain.</param>
    /// <param name="sink">Where the pipeline appends.</param>
    /// <param name="newDecoder">Creates the decoders, one for each worker and one for the recorder.</param>
    /// <param name="time">The clock.</param>
    public IngestPipeline(
        LaneMeter meter, IngestPipelineOptions options, DecodedBodies decoded, IEventSink sink, Func<TransactionBodyDecoder> newDecoder, TimeProvider time)
        : this(meter, options, decoded, sink, newDecoder, time, observer: null)
    {
    }

    internal IngestPipeline(
        LaneMeter meter,
        IngestPipelineOptions options,
        DecodedBodies decoded,
        IEventSink sink,
        Func<TransactionBodyDecoder> newDecoder,
        TimeProvider time,
        IBodyObserver? observer)
    {
        options.Validate();
        _context = new PipelineContext(meter, options, decoded, time, observer);
        _sink = sink;
        _queue = new IngestQueue(options);
        _drops = new DropLedger(_context);
        _recorder = new LaneRecorder(_context, _drops, new ChunkDecoder(_context, newDecoder()));
        _order = new ChunkOrder(_recorder, _context.Lane, options.DecodeWorkers);
        _sender = new BatchSender(_context, _queue, _recorder, _drops, sink);
        _workers = new DecodeWorkers(_context, _queue, _order, newDecoder);
    }

    /// <summary>The lane's name.</summary>
    public string LaneName => _context.LaneName;

    /// <summary>Completes once all input is appended after <see cref="CompleteAsync"/>. Faults if a part fails by a bug.</summary>
    public Task Completion => _completion.Task;

    internal LaneMeter Metrics => _context.Metrics;

    /// <summary>Opens the lane at the sink and starts the workers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Invariant.That(Interlocked.Exchange(ref _isStarted, 1) == 0, "INV-65", "a pipeline is started once");
        ulong lastLocalSeq = await _sink.OpenLaneAsync(LaneName, cancellationToken).ConfigureAwait(false);
        _recorder.Resume(lastLocalSeq);
        if (_context.Observer is { } observer)
        {
            _context.Decoded.Attach(observer); // not earlier: other lanes may notify the observer from now on
        }

        _lastTick = _context.Time.GetTimestamp();
        _tick = _context.Time.CreateTimer(static pipeline => ((IngestPipeline)pipeline!).Tick(), this, _context.Options.DropWindow, _context.Options.DropWindow);
        _isRunning = true;
        _ = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Queues an item, or drops it, counts it and records the drop.</summary>
    /// <returns>True if the item was queued.</returns>
    public bool TryPost(in IngestItem item) => IsTaken(item, _queue.TryPost(item));

    /// <summary>Queues an item, waiting for room if necessary.</summary>
    /// <returns>False if the item was dropped anyway: its body is over the size limit, or the pipeline is closed.</returns>
    public async ValueTask<bool> PostAsync(IngestItem item, CancellationToken cancellationToken) =>
        IsTaken(item, await _queue.PostAsync(item, cancellationToken).ConfigureAwait(false));

    /// <summary>Counts and records the drop of a transaction.</summary>
    public void RecordDrop(DropReason reason, string check, SourceId source, Hash256 hash, string detail) =>
        RecordDrops(reason, check, source, hash, count: 1, detail);

    /// <summary>Counts and records the drop of several transactions for one reason, the first of which is <paramref name="first"/>.</summary>
    public void RecordDrops(DropReason reason, string check, SourceId source, Hash256 first, int count, string detail)
    {
        _drops.Add(reason, check, source, first, count, _queue.Depth, _queue.Peak, detail);
        _recorder.Ready.Set();
    }

    /// <summary>Closes the queue and returns once everything queued is appended. Cancellation discards the rest.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        _queue.Close();
        await using (cancellationToken.UnsafeRegister(static pipeline => ((IngestPipeline)pipeline!).Abort(), this).ConfigureAwait(false))
        {
            await Completion.ConfigureAwait(false);
        }
    }

    /// <summary>Stops immediately and discards what is not appended.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        Abort();
        if (_isRunning)
        {
            await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_tick is not null)
        {
            await _tick.DisposeAsync().ConfigureAwait(false);
        }

        if (_context.Observer is { } observer)
        {
            _context.Decoded.Detach(observer);
        }

        _queue.Dispose();
        _abort.Dispose();
    }

    /// <summary>Returns the status of the lane, with the status of its sources from the lane.</summary>
    public LaneStatus ReadStatus(IReadOnlyList<SourceStatus> sources) => new()
    {
        Name = LaneName,
        QueueDepth = _queue.Depth,
        QueuePeak = _queue.Peak,
        QueueCapacity = _queue.Capacity,
        AcceptedCount = _queue.AcceptedCount,
        DecodedCount = _recorder.DecodedCount,
        AppendedCount = _sender.AppendedCount,
        LastLocalSeq = _recorder.LastLocalSeq,
        Drops = _drops.ReadTotals(),
        IsLogAvailable = _sender.IsLogAvailable,
        Sources = sources,
    };

    private bool IsTaken(in IngestItem item, PostOutcome outcome)
    {
        switch (outcome)
        {
            case PostOutcome.Accepted:
                return true;
            case PostOutcome.Full:
                _drops.Add(DropReason.QueueFull, "ingest", item.Source, item.Hash, _queue.Depth, _queue.Peak, "The queue is full.");
                return false;
            case PostOutcome.Oversize:
                string detail = $"The body has {item.Raw.Length} bytes; the limit is {_context.Options.MaxBodyBytes}.";
                RecordDrop(DropReason.Oversize, "body size", item.Source, item.Hash, detail);
                return false;
            case PostOutcome.Closed:
                return false;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Lets the sender look for drops whose window has ended, and notices when this process did not run.</summary>
    private void Tick()
    {
        long now = _context.Time.GetTimestamp();
        var since = _context.Time.GetElapsedTime(Interlocked.Exchange(ref _lastTick, now), now);
        if (since > _context.Options.DropWindow + PauseLimit && _context.Options.WhenLogRefuses == LogRefusal.Drop)
        {
            var to = ObservationClock.Now(_context.Time);
            var times = new DropTimes(new UnixNanoseconds(to.Value - (since.Ticks * TimeSpan.NanosecondsPerTick)), to);
            _drops.Add(DropReason.ProcessPaused, "process", default, default, count: 0, _queue.Depth, _queue.Peak, "This process did not run.", times);
        }

        _recorder.Ready.Set();
    }

    private void Abort()
    {
        _abort.Cancel();
        _recorder.Abort();
        _recorder.Ready.Set();
    }

    private async Task RunAsync()
    {
        var decoding = _workers.Run();
        var sending = _sender.RunAsync(_abort.Token);
        var first = await Task.WhenAny(decoding, sending).ConfigureAwait(false);
        if (first == decoding && decoding.IsCompletedSuccessfully)
        {
            _recorder.Finish();
        }
        else
        {
            // The first part that fails or is cancelled stops the other, so that half a pipeline never feeds the log.
            _queue.Close();
            Abort();
        }

        await Task.WhenAll(decoding, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sender.GiveUpUnsent();
        _completion.TrySetFromTask(first.IsFaulted ? first : sending);
    }
}
