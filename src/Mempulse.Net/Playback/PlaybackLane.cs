using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Playback;

/// <summary>Plays a capture as if its sources were connected: bodies are decoded and recovered, and times are those recorded.</summary>
/// <remarks>
/// The output depends on the capture alone, not on the pace or the number of decode workers, as long as nothing
/// is dropped. At maximal pace nothing is, because the lane waits where a live lane drops. At the end each source is
/// lost as completed. A damaged capture ends the lane the same way, with the damage as the reason.
/// </remarks>
public sealed class PlaybackLane : IIngestLane
{
    private readonly CaptureReader _capture;
    private readonly PlaybackOptions _options;
    private readonly IEventSink _sink;
    private readonly TimeProvider _time;
    private readonly IngestPipeline _pipeline;
    private readonly PlaybackSources _sources;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _playing = Task.CompletedTask;

    /// <summary>Creates a lane, which is not started yet.</summary>
    /// <param name="capture">The capture. The lane takes ownership.</param>
    /// <param name="options">Pace, name and limits.</param>
    /// <param name="sink">Where the pipeline appends.</param>
    /// <param name="newDecoder">Creates a decoder for each worker.</param>
    /// <param name="time">The clock for the pace. Recorded times do not come from it.</param>
    public PlaybackLane(CaptureReader capture, PlaybackOptions options, IEventSink sink, Func<TransactionBodyDecoder> newDecoder, TimeProvider time)
    {
        options.Validate();
        _capture = capture;
        _options = options;
        _sink = sink;
        _time = time;
        _pipeline = new IngestPipeline(new LaneMeter(options.Meters, capture.Header.Chain, options.LaneName), options.Pipeline, new DecodedBodies(options.Pipeline.RecentBodies), sink, newDecoder, time);
        _sources = new PlaybackSources(capture.Header, options.LaneName);
    }

    /// <inheritdoc/>
    public string Name => _options.LaneName;

    /// <inheritdoc/>
    public Task Completion => _completion.Task;

    /// <summary>The capture's header.</summary>
    public CaptureHeader Header => _capture.Header;

    /// <summary>What ended playback early, or null. Valid once <see cref="Completion"/> is done.</summary>
    public CaptureDamagedException? Damage { get; private set; }

    /// <summary>Number of entries played.</summary>
    public ulong PlayedEntries { get; private set; }

    /// <inheritdoc/>
    /// <remarks>A capture is played once: nothing is appended to a log in which the lane has records.</remarks>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        bool isPlayed = await _sink.OpenLaneAsync(Name, cancellationToken).ConfigureAwait(false) > 0;
        await _pipeline.StartAsync(cancellationToken).ConfigureAwait(false);
        if (isPlayed)
        {
            _sources.Skip("The log already has what a capture wrote; nothing is played into it again.");
            await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
            _completion.SetResult();
            return;
        }

        _playing = Task.Run(PlayAsync, CancellationToken.None);
        _ = _playing.ContinueWith(_completion.SetFromTask, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);

        // The last events (losses of the sources) go through the queue too, so it is closed after them.
        await _playing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pipeline.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LaneStatus ReadStatus() => _pipeline.ReadStatus(_sources.ReadStatus());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pipeline.DisposeAsync().ConfigureAwait(false);
        await _playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _capture.Dispose();
        _stop.Dispose();
    }

    private async Task PlayAsync()
    {
        try
        {
            var clock = new PlaybackClock(_options.Pace, _time);
            await PostAsync(_sources.Connect()).ConfigureAwait(false);
            var (reason, detail) = await PlayEntriesAsync(clock).ConfigureAwait(false);
            await PostAsync(_sources.Lose(reason, detail)).ConfigureAwait(false);
        }
        finally
        {
            await _pipeline.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<(SourceLossReason Reason, string Detail)> PlayEntriesAsync(PlaybackClock clock)
    {
        try
        {
            while (_capture.TryRead(out var entry))
            {
                await clock.WaitAsync(entry.OffsetNanoseconds, _stop.Token).ConfigureAwait(false);
                var item = ItemOf(entry);
                _sources.Heard(entry, item.Timestamp);
                if (_options.Pace.IsMaximal || item.Kind == IngestItemKind.Fact)
                {
                    await _pipeline.PostAsync(item, _stop.Token).ConfigureAwait(false);
                }
                else
                {
                    _pipeline.TryPost(item);
                }

                PlayedEntries++;
            }

            return (SourceLossReason.Completed, "The capture is at its end.");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return (SourceLossReason.Shutdown, "Playback was stopped.");
        }
        catch (CaptureDamagedException damage)
        {
            Damage = damage;
            return (SourceLossReason.ProtocolViolation, damage.Message);
        }
        catch (IOException failure)
        {
            return (SourceLossReason.Closed, failure.Message);
        }
    }

    private IngestItem ItemOf(in CaptureEntry entry)
    {
        var source = _sources.IdOf(entry.SourceIndex);
        var at = new UnixNanoseconds(_capture.Header.Start.Value + entry.OffsetNanoseconds);
        return entry.Kind switch
        {
            CaptureEntryKind.Sighting => IngestItem.Sighting(entry.Hash, entry.Via, source, at),
            CaptureEntryKind.Fact => IngestItem.LargeFact((LaneFact)LogEvent.Decode(entry.Record)!, entry.Record.Payload.Length, source, at), // the reader refuses any other event
            CaptureEntryKind.Body when entry.Raw.Length > _options.Pipeline.MaxBodyBytes => IngestItem.Ready(OversizeOf(entry), source, at),
            CaptureEntryKind.Body when entry.Via == SightingVia.Unknown => IngestItem.FetchedBody(entry.Raw, entry.Hash, source, at),
            CaptureEntryKind.Body => IngestItem.PushedBody(entry.Raw, entry.Hash, entry.Via, source, at),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Created here to keep its place among the entries, because the pipeline records its own refusals later.</summary>
    private LogEvent.TxIngestDropped OversizeOf(in CaptureEntry entry) => new(
        entry.Hash,
        DropReason.Oversize,
        Name,
        "body size",
        DepthNow: 0,
        DepthPeak: 0,
        Count: 1,
        entry.Hash,
        $"The body has {entry.Raw.Length} bytes; the limit is {_options.Pipeline.MaxBodyBytes}.",
        default);

    private async Task PostAsync(IEnumerable<IngestItem> items)
    {
        foreach (var item in items)
        {
            await _pipeline.PostAsync(item, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
