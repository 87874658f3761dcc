using System.Threading.Channels;
using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Publishing;

/// <summary>Tells a chain's stream what its log has made durable. It never holds the log up: what does not fit is not told, and followers read it.</summary>
/// <remarks><see cref="Committed"/> runs on the log's thread; everything else on the thread pool.</remarks>
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

    /// <summary>Events that were not published because the hand-over was full.</summary>
    public long DroppedEvents => Volatile.Read(ref _droppedEvents);

    /// <summary>Starts to publish; to be called once, when grains can be reached.</summary>
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

        // The records are the writer's memory, so they are copied; the byte count, not the channel, is the bound.
        Interlocked.Add(ref _waitingBytes, batch.Records.Length);
        _handOver.Writer.TryWrite(batch with { Records = batch.Records.ToArray() });
    }

    /// <summary>Publishes what waits and stops; what is committed later is not published. Once or more often.</summary>
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

            // Nothing more waits, so the item begun goes as it is: latency before fullness.
            if (items.Count == 0 && packer.TakeRest() is { } rest)
            {
                items.Add(rest);
            }

            foreach (var item in items)
            {
                await PublishAsync(item);
                _meter.Published(_chain, item.Batch!.Count);
            }

            items.Clear();
        }

        if (packer.TakeRest() is { } last)
        {
            await PublishAsync(last);
        }
    }

    private async Task PublishWatermarksAsync()
    {
        using var timer = new PeriodicTimer(_options.WatermarkPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await PublishAsync(new LogNotice(new Epoch(Volatile.Read(ref _epoch)), new GlobalSeq(Volatile.Read(ref _watermark)), null));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: the way this loop ends.
        }
    }

    private async Task PublishAsync(LogNotice notice)
    {
        try
        {
            await _stream.PublishAsync(notice);
        }
#pragma warning disable CA1031 // The stream is a hint: whatever it fails with must not stop the publisher, and followers heal from the log.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _meter.Failed(_chain);
            LogPublishFailed(_log, _chain, notice.Watermark, failure);
        }
    }
}
