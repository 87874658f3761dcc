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

/// <summary>One chain's log, open for writing: the only writer, on a thread of its own.</summary>
/// <remarks>Thread-safe. Disposing seals the log and waits for what was handed over.</remarks>
public sealed class EventLog : IEventLog
{
    private readonly AppendQueue _queue;
    private readonly WriterSession _session;
    private readonly Housekeeping _housekeeping;
    private readonly Thread _writer;
    private readonly int _frameTargetBytes;
    private readonly Action<LogDamage>? _damaged;
    private readonly ConcurrentQueue<LogDamage> _damage = [];
    private Exception? _failure;

    private EventLog(EventLogOptions options, WriterSession session)
    {
        _session = session;
        _damaged = options.Damaged;
        _frameTargetBytes = options.FrameTargetBytes;
        _queue = new AppendQueue(options.QueueCapacityBatches);
        var keys = new KeyIndexes(options.Files, KeyIndexUse.Persist);
        Reader = new LogReader(options.Files, session.State, keys);
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

    /// <summary>What the writer consists of, for tests and benchmarks.</summary>
    internal WriterSession Session => _session;

    /// <summary>What opening found.</summary>
    public RecoveryReport Recovery => _session.Report;

    /// <summary>Why the writer stopped; null while it runs.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>What the verification of sealed segments in the background found damaged.</summary>
    public IReadOnlyCollection<LogDamage> Damage => _damage;

    /// <summary>Takes the lock and the next term, recovers, and begins a new segment.</summary>
    /// <exception cref="LogLockedException">Another process has the log open for writing.</exception>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged; nothing was changed.</exception>
    /// <exception cref="LogFencedException">Another writer took the next term at the same time.</exception>
    public static EventLog Open(EventLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new EventLog(options, WriterSession.Open(options));
    }

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        AppendAsync(batch, AcknowledgeOn.Pool, cancellationToken);

    /// <summary>Appends a batch as the other overload does, and lets the caller say on which thread it goes on.</summary>
    /// <remarks>A caller that awaits on a scheduler of its own (a grain) is sent there in either case; <see cref="AcknowledgeOn.Writer"/> spares it the stop in between.</remarks>
    public ValueTask<AppendResult> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.SizeBytes, SegmentLayout.MaxPayloadBytes, nameof(batch));
        return _queue.Enqueue(batch, acknowledgeOn, cancellationToken);
    }

    /// <inheritdoc/>
    public LanePosition? LastPosition(LaneId lane) => _session.Lanes.LastDurable(lane);

    /// <summary>Deletes segments that lie wholly below <paramref name="keepFrom"/>, oldest first, and none above the verified snapshots.</summary>
    /// <param name="snapshots">Both kept snapshots are read back first; nothing is deleted above the older one.</param>
    /// <param name="keepFrom">The first position that must stay.</param>
    /// <returns>The first position that is still there.</returns>
    /// <exception cref="LogFencedException">The term is lost; nothing was deleted.</exception>
    public GlobalSeq DeleteBelow(SnapshotStore snapshots, GlobalSeq keepFrom)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        return _session.Retention.DeleteBelow(snapshots, keepFrom);
    }

    /// <summary>Takes no more batches, commits what waits, seals the segment, and gives lock and files back.</summary>
    public void Dispose()
    {
        _queue.Close(new ObjectDisposedException(nameof(EventLog)));
        if (Environment.CurrentManagedThreadId != _writer.ManagedThreadId)
        {
            _writer.Join();
        }

        _housekeeping.Dispose();
    }

    private void NoteDamage(LogDamage damage)
    {
        _damage.Enqueue(damage);
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
        catch (Exception error) when (Stop(error))
        {
        }
    }

    /// <summary>The boundary at which a failure of the writer is recorded and stays: every later append is refused with it.</summary>
    private bool Stop(Exception error)
    {
        Volatile.Write(ref _failure, error);
        _queue.Close(error);
        return true;
    }
}
