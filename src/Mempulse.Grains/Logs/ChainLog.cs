using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Publishing;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>One chain's log as this silo holds it: open for writing, published to the stream, and watched by the fold's progress.</summary>
/// <remarks>Thread-safe. The log writes on a thread of its own; nothing here waits for the disk.</remarks>
internal sealed class ChainLog : IAsyncDisposable
{
    private readonly IEventLog _log;
    private readonly LogPublisher _publisher;
    private readonly LogMeter _meter;
    private readonly TimeProvider _time;
    private readonly IDisposable _gauges;
    private long _appended;
    private long _duplicates;
    private long _durableBytes;
    private bool _isFull;

    /// <summary>Takes the log over.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="log">Open for writing, observed by <paramref name="commits"/> and <paramref name="publisher"/>.</param>
    /// <param name="commits">Feeds the fold in this silo.</param>
    /// <param name="publisher">Feeds the stream.</param>
    /// <param name="meter">Its metrics.</param>
    /// <param name="time">The clock.</param>
    public ChainLog(ChainId chain, IEventLog log, CommitFeed commits, LogPublisher publisher, LogMeter meter, TimeProvider time)
    {
        Chain = chain;
        Commits = commits;
        _log = log;
        _publisher = publisher;
        _meter = meter;
        _time = time;
        _gauges = meter.Observe(chain, () => new LogReading(
            _log.Watermark.Value, _log.Epoch.Value, ReadState() == LogState.Writable, Volatile.Read(ref _durableBytes)));
    }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>The writer's term.</summary>
    public Epoch Epoch => _log.Epoch;

    /// <summary>Reads what is durable.</summary>
    public ILogReader Reader => _log.Reader;

    /// <summary>Feeds the fold in this silo with what becomes durable.</summary>
    public CommitFeed Commits { get; }

    /// <summary>How far the fold is; the fold reports it.</summary>
    public FoldProgress Progress { get; } = new();

    /// <summary>Begins to publish; grains must be reachable.</summary>
    public void StartPublishing() => _publisher.Start(_log.Epoch, _log.Watermark);

    /// <summary>Publishes what waits and no more, while grains can still be reached; the log itself goes on.</summary>
    public ValueTask StopPublishingAsync() => _publisher.DisposeAsync();

    /// <summary>The last durable sequence of a lane, or null.</summary>
    public LaneSequence? LastSequence(LaneId lane) => _log.LastSequence(lane);

    /// <summary>Appends and answers when the batch is durable, or says why it is not.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="acknowledgeOn">Where the caller goes on; <see cref="AcknowledgeOn.Writer"/> only where the await returns to a scheduler of its own.</param>
    public async ValueTask<AppendAnswer> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn)
    {
        long started = _time.GetTimestamp();
        int sizeBytes = batch.SizeBytes;
        try
        {
            // Acknowledged is durable: the log answers after fsync and the check of its term, and publishes only then.
            var result = await _log.AppendAsync(batch, acknowledgeOn, CancellationToken.None).ConfigureAwait(false);
            Count(result, sizeBytes, _time.GetElapsedTime(started));
            return new AppendAnswer
            {
                Outcome = AppendOutcome.Durable,
                First = result.First,
                Last = result.Last,
                Appended = result.Count,
                Duplicates = result.Duplicates,
                Watermark = result.Watermark,
                Applied = Progress.Applied,
            };
        }
        catch (LogFullException full)
        {
            Volatile.Write(ref _isFull, true);
            return Refuse(AppendOutcome.NoRoom, full.Message);
        }
        catch (Exception failure) when (failure is LogFencedException or LogFailedException or ObjectDisposedException)
        {
            return Refuse(AppendOutcome.Unavailable, failure.Message);
        }
    }

    /// <summary>How the log stands.</summary>
    public LogStatus ReadStatus() => new()
    {
        State = ReadState(),
        Detail = _log.Failure?.Message ?? (Volatile.Read(ref _isFull) ? "There is no room on the log's volume." : string.Empty),
        Epoch = _log.Epoch,
        Watermark = _log.Watermark,
        Appended = Volatile.Read(ref _appended),
        Duplicates = Volatile.Read(ref _duplicates),
        DurableBytes = Volatile.Read(ref _durableBytes),
        PublishDropped = _publisher.DroppedEvents,
    };

    /// <summary>Commits what waits, seals the log, publishes the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(_log.Dispose).ConfigureAwait(false); // it waits for its thread and for the disk
        await _publisher.DisposeAsync().ConfigureAwait(false);
        _gauges.Dispose();
    }

    private LogState ReadState() => _log.Failure is not null
        ? LogState.Failed
        : Volatile.Read(ref _isFull) ? LogState.NoRoom : LogState.Writable;

    private void Count(AppendResult result, int sizeBytes, TimeSpan took)
    {
        if (result.Count > 0)
        {
            Volatile.Write(ref _isFull, false);
            Interlocked.Add(ref _durableBytes, sizeBytes);
        }

        Interlocked.Add(ref _appended, result.Count);
        Interlocked.Add(ref _duplicates, result.Duplicates);
        _meter.Appended(Chain, result.Count, result.Duplicates, took);
    }

    private AppendAnswer Refuse(AppendOutcome outcome, string detail)
    {
        _meter.Refused(Chain);
        return new AppendAnswer { Outcome = outcome, Detail = detail, Watermark = _log.Watermark, Applied = Progress.Applied };
    }
}
