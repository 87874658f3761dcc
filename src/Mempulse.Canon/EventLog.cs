using System.Collections.Concurrent;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon;

/// <summary>One chain's log, open for writing by its only writer, which commits on a dedicated thread.</summary>
/// <remarks>Thread-safe. Disposing waits until the queued batches are committed and the log is sealed.</remarks>
public sealed class EventLog : IEventLog
{
    /// <summary>Largest number of damaged places that are kept and reported; <c>mempulse log verify</c> lists all.</summary>
    public const int MaxDamage = 1000;

    private readonly AppendQueue _queue;
    private readonly WriterSession _session;
    private readonly Housekeeping _housekeeping;
    private readonly Thread _writer;
    private readonly int _frameTargetBytes;
    private readonly Action<LogDamage>? _damaged;
    private readonly ConcurrentQueue<LogDamage> _damage = [];
    private readonly HashSet<(string File, long Offset)> _damagedPlaces = []; // also the lock of noting
    private Exception? _failure;
    private bool _isDisposed;

    private EventLog(EventLogOptions options, WriterSession session)
    {
        _session = session;
        _session.Commits.Failing = failure => Volatile.Write(ref _failure, failure);
        _damaged = options.Damaged;
        _frameTargetBytes = options.FrameTargetBytes;
        _queue = new AppendQueue(options.QueueCapacityBatches);
        var keys = new KeyIndexes(options.Files);
        Reader = new LogReader(options.Files, session.State, keys, NoteDamage);
        _housekeeping = new Housekeeping(session, keys, options, NoteDamage);
        _writer = new Thread(Run) { Name = $"log-{options.Chain}", IsBackground = true };
        _writer.Start();
    }

    /// <inheritdoc/>
    public ILogReader Reader { get; }

    /// <inheritdoc/>
    public Epoch Epoch => _session.Report.Epoch;

    /// <inheritdoc/>
    public GlobalSeq Watermark => _session.State.Watermark;

    /// <summary>The parts of the writer, for tests and benchmarks.</summary>
    internal WriterSession Session => _session;

    /// <summary>What recovery found when the log was opened.</summary>
    public RecoveryReport Recovery => _session.Report;

    /// <inheritdoc/>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>The damage that background verification or a reader has found, each place once.</summary>
    public IReadOnlyCollection<LogDamage> Damage => _damage;

    /// <summary>Opens a log for writing: takes the lock and the next epoch, recovers, and begins a new segment.</summary>
    /// <exception cref="LogLockedException">Another writer holds the log's lock.</exception>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged; no acknowledged data was changed.</exception>
    /// <exception cref="LogFencedException">Another writer took the next epoch at the same time.</exception>
    public static EventLog Open(EventLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new EventLog(options, WriterSession.Open(options));
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        AppendAsync(batch, AcknowledgeOn.Pool, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.SizeBytes, SegmentLayout.MaxPayloadBytes, nameof(batch));
        return _queue.Enqueue(batch, acknowledgeOn, cancellationToken);
    }

    /// <inheritdoc/>
    public LaneSequence? LastSequence(LaneId lane) => _session.Lanes.LastDurable(lane);

    /// <summary>Deletes segments that lie wholly below <paramref name="keepFrom"/> and below the verified snapshots, oldest first.</summary>
    /// <param name="snapshots">The two newest snapshots are read back first; nothing above the older one is deleted.</param>
    /// <param name="keepFrom">The first position that must stay.</param>
    /// <returns>The first position still in the log.</returns>
    /// <exception cref="LogFencedException">The epoch is lost; nothing was deleted.</exception>
    public GlobalSeq DeleteBelow(SnapshotStore snapshots, GlobalSeq keepFrom)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        return _session.Retention.DeleteBelow(snapshots, keepFrom);
    }

    /// <summary>Refuses further batches, commits the queued ones, seals the segment, and releases the lock and the files.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _queue.Close(new ObjectDisposedException(nameof(EventLog)));
        if (Environment.CurrentManagedThreadId != _writer.ManagedThreadId)
        {
            _writer.Join();
        }

        _housekeeping.Dispose();
    }

    private void NoteDamage(LogDamage damage)
    {
        lock (_damagedPlaces)
        {
            if (_damage.Count >= MaxDamage || !_damagedPlaces.Add((damage.File, damage.Offset)))
            {
                return;
            }

            _damage.Enqueue(damage);
        }

        _damaged?.Invoke(damage);
    }

    private void Run()
    {
        var group = new List<PendingAppend>();
        while (_queue.Take(group, _frameTargetBytes))
        {
            if (Failure is { } failure)
            {
                group.ForEach(pending => pending.Fail(AppendQueue.Restated(failure)));
            }
            else
            {
                Commit(group);
            }

            group.Clear();
        }

        _session.Close(seal: Failure is null);
    }

    private void Commit(List<PendingAppend> group)
    {
        try
        {
            _session.Commits.Commit(group);
        }
        catch (Exception error) when (Stop(error)) // The boundary of the writer: whatever failed, no later append may succeed.
        {
        }
    }

    /// <summary>The writer's catch-all boundary: records the failure, with which every later append fails.</summary>
    private bool Stop(Exception error)
    {
        Volatile.Write(ref _failure, error);
        _queue.Close(error);
        return true;
    }
}
