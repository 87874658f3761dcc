using System.Buffers.Binary;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Folding.Live;

/// <summary>Takes checkpoints when they are due, and restores the newest usable one. Confined to the fold's scheduler.</summary>
/// <remarks>
/// The state is frozen between two batches and then saved in slices between later ones. Sorting, writing, syncing and
/// reading back run on other threads.
/// </remarks>
internal sealed class CheckpointTaker(IFoldLog log, CheckpointStore store, FoldOptions options, FoldObserver observer, TimeProvider time)
{
    /// <summary>The lane of the records that say a checkpoint was taken.</summary>
    public static readonly LaneId Lane = LaneId.Of("checkpoints");

    /// <summary>Entries saved at a time: one to two milliseconds.</summary>
    private const int SliceEntries = 4_096;

    private const long NanosecondsPerTick = 100;

    private readonly ByteBuffer _buffer = new(1 << 20);
    private Task _taking = Task.CompletedTask;
    private GlobalSeq _lastAt;
    private UnixNanoseconds _lastTime;
    private bool _isAbandoned;

    /// <summary>Position of the newest checkpoint on disk.</summary>
    public GlobalSeq Newest { get; private set; }

    /// <summary>The engine of the newest usable checkpoint, or a new one when there is none.</summary>
    /// <exception cref="SnapshotAheadException">The newest one is ahead of the log: the log has lost data.</exception>
    public async Task<ReplayEngine> RestoreAsync()
    {
        var ignored = new List<string>();
        var restored = await Task.Run(() => store.RestoreNewest(log.Reader.Watermark, ignored.Add));
        ignored.ForEach(observer.CheckpointIgnored);
        _lastAt = Newest = restored?.Applied ?? GlobalSeq.None;
        _lastTime = restored?.EventTime ?? default;
        return restored ?? store.Create();
    }

    /// <summary>Begins one if enough events or enough event time passed since the last one. The engine may continue at once.</summary>
    public void BeginIfDue(ReplayEngine engine)
    {
        if (!_taking.IsCompleted)
        {
            return;
        }

        if (_taking.IsFaulted)
        {
            _taking.GetAwaiter().GetResult(); // a bug: anything the environment can cause is reported instead
        }

        if (IsDue(engine))
        {
            _taking = TakeAsync(engine);
        }
    }

    /// <summary>Waits until the one under way is on disk and recorded.</summary>
    public Task WaitAsync() => _taking;

    /// <summary>Gives up the one under way unless it is being written, and takes no more until <see cref="TakeLastAsync"/>.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Takes one now, if anything was applied since the newest on disk, and returns when it is there.</summary>
    public async Task TakeLastAsync(ReplayEngine engine)
    {
        await _taking;
        _isAbandoned = false;
        if (engine.Applied > Newest)
        {
            await TakeAsync(engine);
        }
    }

    private bool IsDue(ReplayEngine engine)
    {
        if (_lastTime == default)
        {
            _lastTime = engine.EventTime;
        }

        return engine.Applied.Value - _lastAt.Value >= EventsBetween(engine)
            || engine.EventTime.Value - _lastTime.Value >= options.CheckpointEventTime.Ticks * NanosecondsPerTick;
    }

    /// <summary>The larger the state, the more there is to save, so the rarer.</summary>
    private ulong EventsBetween(ReplayEngine engine) =>
        Math.Max(options.CheckpointEvents, options.CheckpointEventsPerTx * (ulong)engine.Pool.TxCount);

    private async Task TakeAsync(ReplayEngine engine)
    {
        _lastAt = engine.Applied;
        _lastTime = engine.EventTime;
        if (await SaveAsync(engine) is { } mark)
        {
            await WriteAsync(mark);
        }
    }

    /// <summary>Saves the state as it is now into the buffer; null when it was abandoned.</summary>
    private async Task<SnapshotMark?> SaveAsync(ReplayEngine engine)
    {
        _buffer.Clear();
        using var checkpoint = engine.BeginCheckpoint(_buffer);
        var epoch = log.Epoch;
        await Task.Run(checkpoint.Sort);
        while (!_isAbandoned && !checkpoint.SaveNext(SliceEntries))
        {
            await Task.Yield(); // batches are applied and questions answered here
        }

        return checkpoint.IsComplete
            ? new SnapshotMark(checkpoint.At, epoch, checkpoint.Digest, ReplayEngine.CheckpointVersion, engine.RuleVersion)
            : null;
    }

    private async Task WriteAsync(SnapshotMark mark)
    {
        long started = time.GetTimestamp();
        try
        {
            await Task.Run(() => store.Save(mark, _buffer.WrittenMemory));
            Newest = mark.Seq;
            observer.CheckpointTaken(mark, _buffer.Length, time.GetElapsedTime(started));
            await RecordAsync(mark);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A checkpoint only saves time at the next start: without it the log is replayed from the one before.
            observer.CheckpointFailed(mark.Seq, failure);
        }
    }

    private async Task RecordAsync(SnapshotMark mark)
    {
        ulong localSeq = (log.LastSequence(Lane)?.LocalSeq ?? 0) + 1;
        var batch = new EventBatch(Lane);
        batch.Add(
            new LogEvent.CheckpointTaken(mark.Seq, Padded(mark.Digest), mark.RuleVersion),
            RecordMeta.Fact(Lane, localSeq, UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks), default));
        var answer = await log.AppendAsync(batch);
        if (!answer.IsDurable)
        {
            observer.CheckpointNotRecorded(mark.Seq, answer.Detail);
        }
    }

    private static Hash256 Padded(StateDigest digest)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], digest.Value);
        return new Hash256(bytes);
    }
}
