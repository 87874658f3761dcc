using System.Buffers.Binary;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Folding.Live;

/// <summary>Takes checkpoints when they are due, and restores the newest usable one. Confined to the fold's scheduler.</summary>
/// <remarks>
/// The state is captured between two batches and then saved in slices between later ones. Sorting, writing, syncing and
/// verification run on other threads.
/// </remarks>
internal sealed class CheckpointTaker(IFoldLog log, CheckpointStore store, FoldOptions options, FoldObserver observer, TimeProvider time)
{
    /// <summary>The lane of the records that report a checkpoint.</summary>
    public static readonly LaneId Lane = LaneId.Of(CheckpointStore.LaneName);

    /// <summary>Entries saved per slice, which take one to two milliseconds.</summary>
    private const int SliceEntries = 4_096;

    /// <summary>A step of event time that is another clock and not time that passed: a lane that plays a recording beside one that measures, or a clock that was set.</summary>
    private static readonly TimeSpan s_jump = TimeSpan.FromDays(1);

    private ByteBuffer _slice = new(1 << 20);
    private ByteBuffer _written = new(1 << 20);
    private Task _taking = Task.CompletedTask;
    private GlobalSeq _lastAt;
    private UnixNanoseconds _lastTime;
    private UnixNanoseconds _seenTime;
    private bool _isAbandoned;

    /// <summary>The position of the newest checkpoint on disk.</summary>
    public GlobalSeq Newest { get; private set; }

    /// <summary>Restores an engine from the newest usable checkpoint, or creates an empty engine if no checkpoint is usable.</summary>
    /// <exception cref="SnapshotAheadException">The newest checkpoint is ahead of the log: the log has lost data.</exception>
    public async Task<ReplayEngine> RestoreAsync()
    {
        var ignored = new List<string>();
        var restored = await Task.Run(() => store.RestoreNewest(log.Reader.Watermark, ignored.Add));
        ignored.ForEach(observer.CheckpointIgnored);
        _lastAt = Newest = restored?.Applied ?? GlobalSeq.None;
        _lastTime = _seenTime = restored?.EventTime ?? default;
        return restored ?? store.Create();
    }

    /// <summary>Starts a checkpoint if enough events or enough event time have passed since the last one. The engine may continue at once.</summary>
    public void BeginIfDue(ReplayEngine engine)
    {
        if (!_taking.IsCompleted)
        {
            return;
        }

        if (_taking.IsFaulted)
        {
            _taking.GetAwaiter().GetResult(); // a bug: failures of the environment are reported instead
        }

        if (IsDue(engine))
        {
            _taking = TakeAsync(engine);
        }
    }

    /// <summary>Waits until the checkpoint in progress is on disk and recorded.</summary>
    public Task WaitAsync() => _taking;

    /// <summary>Abandons the checkpoint in progress unless its last slice is saved, and takes no more until <see cref="TakeLastAsync"/>.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Takes a final checkpoint, if anything was applied since the newest one, and returns when it is on disk.</summary>
    public async Task TakeLastAsync(ReplayEngine engine)
    {
        await _taking;
        _isAbandoned = false;
        if (engine.Applied > Newest)
        {
            await TakeAsync(engine);
        }
    }

    /// <summary>A clock that was set back makes one due as well: the next one is then timed by the new clock.</summary>
    private bool IsDue(ReplayEngine engine)
    {
        FollowClock(engine.EventTime);
        return engine.Applied.Value - _lastAt.Value >= EventsBetween(engine)
            || Math.Abs(engine.EventTime.Value - _lastTime.Value) >= options.CheckpointEventTime.Ticks * UnixNanoseconds.NanosecondsPerTick;
    }

    /// <summary>Takes a jump out of what is measured, so that records by two clocks in turn make no checkpoint due each time.</summary>
    private void FollowClock(UnixNanoseconds now)
    {
        long step = _seenTime == default ? 0 : now.Value - _seenTime.Value;
        _lastTime = _lastTime == default ? now : Math.Abs(step) >= s_jump.Ticks * UnixNanoseconds.NanosecondsPerTick ? new UnixNanoseconds(_lastTime.Value + step) : _lastTime;
        _seenTime = now;
    }

    /// <summary>A larger state takes longer to save, so it is saved less often.</summary>
    private ulong EventsBetween(ReplayEngine engine) =>
        Math.Max(options.CheckpointEvents, options.CheckpointEventsPerTx * (ulong)engine.Pool.TxCount);

    private async Task TakeAsync(ReplayEngine engine)
    {
        var at = _lastAt = engine.Applied;
        _lastTime = engine.EventTime;
        long started = time.GetTimestamp();
        try
        {
            if (await SaveAsync(engine) is var (mark, sizeBytes))
            {
                Newest = mark.Seq;
                observer.CheckpointTaken(mark, sizeBytes, time.GetElapsedTime(started));
                await RecordAsync(mark, engine.RuleVersion);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A checkpoint only saves time at the next start. Without it the log is replayed from the previous one.
            observer.CheckpointFailed(at, failure);
        }
    }

    /// <summary>Saves the current state; returns null when the checkpoint was abandoned.</summary>
    private async Task<(SnapshotMark Mark, long SizeBytes)?> SaveAsync(ReplayEngine engine)
    {
        var epoch = log.Epoch;
        using var checkpoint = engine.BeginCheckpoint();
        using var writer = await Task.Run(() =>
        {
            checkpoint.Sort();
            return store.Begin(checkpoint.At, epoch);
        });
        await WriteSlicesAsync(checkpoint, writer);
        checkpoint.Dispose(); // from here on changes cost the fold nothing extra
        if (!checkpoint.IsComplete)
        {
            return null;
        }

        var mark = CheckpointStore.MarkOf(checkpoint.At, epoch, checkpoint.Digest, engine.RuleVersion);
        long sizeBytes = writer.SizeBytes;
        await Task.Run(() => writer.Complete(mark));
        return (mark, sizeBytes);
    }

    private async Task WriteSlicesAsync(PendingCheckpoint checkpoint, SnapshotWriter writer)
    {
        var writing = Task.CompletedTask;
        for (bool isLast = false; !isLast && !_isAbandoned;)
        {
            var slice = _slice;
            slice.Clear();
            isLast = checkpoint.SaveNext(SliceEntries, slice);
            await writing;
            writing = Task.Run(() => writer.Append(slice.WrittenSpan));
            (_slice, _written) = (_written, slice);
            await Task.Yield(); // batches are applied and queries answered here
        }

        await writing;
    }

    private async Task RecordAsync(SnapshotMark mark, string ruleVersion)
    {
        ulong localSeq = (log.LastSequence(Lane)?.LocalSeq ?? 0) + 1;
        var batch = new EventBatch(Lane);
        batch.Add(
            new LogEvent.CheckpointTaken(mark.Seq, Padded(mark.Digest), ruleVersion),
            RecordMeta.Fact(Lane, localSeq, RecordClock.Now(time), default));
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
