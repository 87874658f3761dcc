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

/// <summary>A chain's log in this silo: open for writing, and published to the stream, with the progress of its fold.</summary>
/// <remarks>Thread-safe. The log writes on its own thread; no method here waits for the disk on the caller's thread.</remarks>
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
    private LogRefusedException? _refused;

    /// <summary>Takes ownership of a log.</summary>
    /// <param name="location">Which log, and where.</param>
    /// <param name="log">The log, open for writing and observed by <paramref name="commits"/> and <paramref name="publisher"/>.</param>
    /// <param name="commits">Feeds the fold in this silo.</param>
    /// <param name="publisher">Feeds the stream.</param>
    /// <param name="meter">The metrics.</param>
    /// <param name="time">The clock.</param>
    public ChainLog(LogLocation location, IEventLog log, CommitFeed commits, LogPublisher publisher, LogMeter meter, TimeProvider time)
    {
        Chain = location.Chain;
        Commits = commits;
        _log = log;
        _publisher = publisher;
        _meter = meter;
        _time = time;
        _gauges = meter.Observe(Chain, () => new LogReading(
            _log.Watermark.Value, _log.Epoch.Value, ReadState() == LogState.Writable, _log.Damage.Count, Volatile.Read(ref _durableBytes), DiskSpace.Of(location.Directory)));
    }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>The writer's epoch.</summary>
    public Epoch Epoch => _log.Epoch;

    /// <summary>Reads durable records.</summary>
    public ILogReader Reader => _log.Reader;

    /// <summary>Feeds commits to the fold in this silo.</summary>
    public CommitFeed Commits { get; }

    /// <summary>The progress of the fold, as the fold reports it.</summary>
    public FoldProgress Progress { get; } = new();

    /// <summary>Called when an append was refused because the log failed for good, each time.</summary>
    public Action<Exception> Failed { get; init; } = static _ => { };

    /// <summary>Starts publishing. Call it once grains can be reached.</summary>
    public void StartPublishing() => _publisher.Start(_log.Epoch, _log.Watermark);

    /// <summary>Publishes what is pending and stops publishing, while grains can still be reached. The log stays open.</summary>
    public ValueTask StopPublishingAsync() => _publisher.DisposeAsync();

    /// <summary>The last durable sequence of a lane; null when the lane has never appended.</summary>
    public LaneSequence? LastSequence(LaneId lane) => _log.LastSequence(lane);

    /// <summary>Appends a batch. Answers once it is durable, or with the reason why it is not.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="acknowledgeOn">Where the caller continues. <see cref="AcknowledgeOn.Writer"/> requires an await that returns to another scheduler.</param>
    public async ValueTask<AppendAnswer> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn)
    {
        long started = _time.GetTimestamp();
        int sizeBytes = batch.SizeBytes;
        try
        {
            // The log acknowledges and publishes only after the fsync and the epoch check.
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
        catch (LogRefusedException refused)
        {
            Volatile.Write(ref _refused, refused);
            return Refuse(AppendOutcome.NoRoom, refused.Message);
        }
        catch (Exception failure) when (failure is LogFencedException or LogFailedException or ObjectDisposedException)
        {
            if (_log.Failure is { } final)
            {
                Failed(final);
            }

            return Refuse(AppendOutcome.Unavailable, failure.Message);
        }
    }

    /// <summary>Returns the status of the log.</summary>
    public LogStatus ReadStatus() => new()
    {
        State = ReadState(),
        Detail = ReadDetail(),
        Epoch = _log.Epoch,
        Watermark = _log.Watermark,
        Appended = Volatile.Read(ref _appended),
        Duplicates = Volatile.Read(ref _duplicates),
        DurableBytes = Volatile.Read(ref _durableBytes),
        PublishDropped = _publisher.DroppedEvents,
    };

    /// <summary>Commits what is pending, seals the log, and publishes the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(_log.Dispose).ConfigureAwait(false); // waits for the writer thread and the disk
        await _publisher.DisposeAsync().ConfigureAwait(false);
        _gauges.Dispose();
    }

    private LogState ReadState() => _log.Failure is not null
        ? LogState.Failed
        : Volatile.Read(ref _refused) switch
        {
            null => LogState.Writable,
            LogFullException => LogState.NoRoom,
            _ => LogState.Unreachable,
        };

    private string ReadDetail() => _log.Failure is { } failure ? failure.Message
        : Volatile.Read(ref _refused) is { } refused ? refused.Message
        : _log.Damage.FirstOrDefault() is { } damage ? $"The log is damaged{(_log.Damage.Count > 1 ? $" in {_log.Damage.Count} places" : string.Empty)}. {damage}"
        : string.Empty;

    private void Count(AppendResult result, int sizeBytes, TimeSpan took)
    {
        if (result.Count > 0)
        {
            Volatile.Write(ref _refused, null);
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
