using System.Buffers.Binary;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Entries;

namespace Mempulse.Grains.Folding;

/// <summary>Takes checkpoints when they are due, and finds the newest one that is good. Confined to the fold's scheduler.</summary>
/// <remarks>Serialising pauses the application, off the scheduler; writing, syncing and reading back run beside it.</remarks>
internal sealed partial class CheckpointTaker(FoldContext context)
{
    /// <summary>The lane of the records that say a checkpoint was taken.</summary>
    private static readonly LaneId _lane = LaneId.Of("checkpoints");

    private readonly ByteBuffer _buffer = new(1 << 20);
    private Task _writing = Task.CompletedTask;
    private GlobalSeq _lastAt;
    private UnixNanoseconds _lastTime;

    /// <summary>The newest checkpoint on disk.</summary>
    public GlobalSeq Newest { get; private set; }

    /// <summary>The engine of the newest good checkpoint; null when there is none.</summary>
    public async Task<ReplayEngine?> RestoreAsync()
    {
        var engine = await Task.Run(Restore);
        _lastAt = Newest = engine?.Applied ?? GlobalSeq.None;
        _lastTime = engine?.EventTime ?? default;
        return engine;
    }

    /// <summary>True when enough events or enough event time passed since the last one.</summary>
    public bool IsDue(ReplayEngine engine)
    {
        if (_lastTime == default)
        {
            _lastTime = engine.EventTime;
        }

        return _writing.IsCompleted
            && (engine.Applied.Value - _lastAt.Value >= EventsBetween(engine)
                || engine.EventTime.Value - _lastTime.Value >= context.Options.CheckpointEventTime.Ticks * 100);
    }

    /// <summary>Takes one if it is due; returns when the engine may go on.</summary>
    public async Task TakeIfDueAsync(ReplayEngine engine)
    {
        if (!IsDue(engine))
        {
            return;
        }

        _writing = WriteAsync(await SerialiseAsync(engine));
    }

    /// <summary>Takes one now, if anything was applied since the last, and returns when it is on disk.</summary>
    public async Task TakeLastAsync(ReplayEngine engine)
    {
        await _writing;
        if (engine.Applied > _lastAt)
        {
            await WriteAsync(await SerialiseAsync(engine));
        }
    }

    /// <summary>The larger the state, the longer the pause, so the rarer.</summary>
    private ulong EventsBetween(ReplayEngine engine) =>
        Math.Max(context.Options.CheckpointEvents, context.Options.CheckpointEventsPerTx * (ulong)engine.Pool.TxCount);

    private async Task<CheckpointFacts> SerialiseAsync(ReplayEngine engine)
    {
        _lastAt = engine.Applied;
        _lastTime = engine.EventTime;

        // The digest is brought up to date here, so that the serialiser on the other thread only reads, like every question meanwhile.
        var facts = new CheckpointFacts(engine.Applied, context.Epoch(), engine.Digest(), engine.RuleVersion);
        _buffer.Clear();
        await Task.Run(() => engine.SaveCheckpoint(_buffer));
        return facts;
    }

    private async Task WriteAsync(CheckpointFacts facts)
    {
        long started = context.Time.GetTimestamp();
        try
        {
            await Task.Run(() => context.Checkpoints.Save(facts, _buffer.WrittenMemory));
            Newest = facts.At;
            context.Meter.Checkpoint(context.Chain, context.Time.GetElapsedTime(started));
            LogTaken(context.Log, context.Chain, facts.At, _buffer.Length);
            await RecordAsync(facts);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or TimeoutException or OrleansException)
        {
            // A checkpoint saves time at the next start and nothing else: without it the log is replayed from the one before.
            LogNotTaken(context.Log, context.Chain, facts.At, failure);
        }
    }

    private async Task RecordAsync(CheckpointFacts facts)
    {
        ulong localSeq = ((await context.LastPosition(_lane))?.LocalSeq ?? 0) + 1;
        var batch = new EventBatch(_lane);
        batch.Add(
            new LogEvent.CheckpointTaken(facts.At, Padded(facts.Digest), facts.RuleVersion),
            RecordMeta.Fact(_lane, localSeq, Clock.Now(context.Time), default));
        var answer = await context.Append(batch);
        if (answer.Outcome != AppendOutcome.Durable)
        {
            LogNotRecorded(context.Log, context.Chain, facts.At, answer.Detail);
        }
    }

    private static Hash256 Padded(StateDigest digest)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], digest.Value);
        return new Hash256(bytes);
    }

    private ReplayEngine? Restore()
    {
        if (context.Checkpoints.ReadNewest(context.DurableAtStart()) is not { } checkpoint)
        {
            return null;
        }

        try
        {
            return context.Composition.Restore(context.Chain, checkpoint.Span);
        }
        catch (CheckpointException unusable)
        {
            // Of other rules, most likely: the whole log gives the state that the rules of today make of it.
            LogUnusable(context.Log, context.Chain, unusable.Message);
            return null;
        }
    }
}
