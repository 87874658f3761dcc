using System.Threading.Channels;
using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Publishing;

/// <summary>Publishes a log's commits to the chain's stream.</summary>
/// <remarks>
/// It never blocks the log: commits that do not fit into its buffer are not published, and followers read them from the log.
/// <see cref="Committed"/> runs on the log's thread; everything else runs on the thread pool.
/// </remarks>
internal sealed partial class LogPublisher : ICommitObserver, IAsyncDisposable
{
    private readonly ChainId _chain;
    private readonly ILogStream _stream;
    private readonly PublisherOptions _options;
    private readonly PublisherMeter _meter;
    private readonly ILogger _log;
    private readonly Channel<SequencedBatch> _handOver = Channel.CreateUnbounded<SequencedBatch>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private Task _loops = Task.CompletedTask;
    private long _waitingBytes;
    private long _droppedEvents;
    private ulong _watermark;
    private ulong _epoch;
    private bool _isStopped;

    public LogPublisher(ChainId chain, ILogStream stream, PublisherOptions options, PublisherMeter meter, TimeProvider time, ILogger log)
    {
        _chain = chain;
        _stream = stream;
        _options = options;
        _meter = meter;
        _time = time;
        _log = log;
    }

    /// <summary>Events that were not published because the buffer was full.</summary>
    public long DroppedEvents => Volatile.Read(ref _droppedEvents);

    /// <summary>Starts publishing. Call it once, when grains can be reached.</summary>
    public void Start(Epoch epoch, GlobalSeq watermark)
    {
        Volatile.Write(ref _epoch, Math.Max(_epoch, epoch.Value));
        Volatile.Write(ref _watermark, Math.Max(_watermark, watermark.Value));
        _loops = Task.WhenAll(Task.Run(PublishItemsAsync), Task.Run(PublishWatermarksAsync));
    }

    /// <inheritdoc/>
    public void Committed(SequencedBatch batch)
    {
        Volatile.Write(ref _epoch, batch.Epoch.Value);
        Volatile.Write(ref _watermark, batch.Watermark.Value);
        if (_options.Content == PublishedContent.Watermarks)
        {
            return;
        }

        if (Volatile.Read(ref _waitingBytes) + batch.Records.Length > _options.HandOverBytes)
        {
            Interlocked.Add(ref _droppedEvents, batch.Count);
            _meter.Dropped(_chain, batch.Count);
            return;
        }

        // The writer reuses the records' memory, so they are copied. The byte count is the bound, not the channel.
        Interlocked.Add(ref _waitingBytes, batch.Records.Length);
        _handOver.Writer.TryWrite(batch with { Records = batch.Records.ToArray() });
    }

    /// <summary>Publishes what is pending and stops; later commits are not published. Idempotent.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, true))
        {
            return;
        }

        _handOver.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loops;
        _stop.Dispose();
    }

    private async Task PublishItemsAsync()
    {
        var packer = new ItemPacker();
        var items = new List<LogNotice>();
        while (await _handOver.Reader.WaitToReadAsync())
        {
            while (items.Count == 0 && _handOver.Reader.TryRead(out var commit))
            {
                Interlocked.Add(ref _waitingBytes, -commit.Records.Length);
                packer.Add(commit, items.Add);
            }

            // Nothing else is pending, so the unfinished item is published as it is to keep latency low.
            if (!_handOver.Reader.TryPeek(out _) && packer.TakeRest() is { } rest)
            {
                items.Add(rest);
            }

            foreach (var item in items)
            {
                if (await TryPublishAsync(item))
                {
                    _meter.Published(_chain, item.Batch!.Count);
                }
            }

            items.Clear();
        }
    }

    private async Task PublishWatermarksAsync()
    {
        using var timer = new PeriodicTimer(_options.WatermarkPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryPublishAsync(new LogNotice(new Epoch(Volatile.Read(ref _epoch)), new GlobalSeq(Volatile.Read(ref _watermark)), null));
            }
        }
        catch (OperationCanceledException)
        {
            // The publisher is stopping.
        }
    }

    private async Task<bool> TryPublishAsync(LogNotice notice)
    {
        try
        {
            await _stream.PublishAsync(notice);
            return true;
        }
#pragma warning disable CA1031 // The stream is a hint: no failure of it may stop the publisher, and followers recover from the log.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _meter.Failed(_chain);
            LogPublishFailed(_log, _chain, notice.Watermark, failure);
            return false;
        }
    }
}
