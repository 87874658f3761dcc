using Mempulse.Canon.Reading;
using Mempulse.Folding.Replays;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Tests.Replays;

/// <summary>Where a replay starts when the beginning of the log was deleted, and what it refuses to start from.</summary>
public sealed class ReplayStartTests
{
    [Theory]
    [InlineData(4UL, 0UL, 4UL)] // the first position still in the log is 5
    [InlineData(5UL, 0UL, 5UL)]
    [InlineData(5UL, 5UL, 5UL)]
    [InlineData(4UL, 4UL, 4UL)]
    [InlineData(4UL, 6UL, 4UL)]
    public async Task It_starts_at_a_checkpoint_that_the_rest_of_the_log_continues(ulong checkpoint, ulong from, ulong start)
    {
        await using var world = await WorldAsync(checkpoint);

        using var replay = LogReplay.Open(new DeletedBelow(world.Log.Reader, new GlobalSeq(5)), world.Checkpoints, new GlobalSeq(from));
        replay.RunTo(new GlobalSeq(8), CancellationToken.None);

        Assert.Equal((start, 8UL), (replay.Start.Value, replay.At.Value));
        Assert.Equal(world.Replay().Digest(), DigestAtEnd(replay, world));
    }

    [Theory]
    [InlineData(3UL, 0UL)] // position 4 is missing
    [InlineData(3UL, 6UL)]
    [InlineData(6UL, 5UL)] // the checkpoint is past the position
    public async Task Without_one_it_says_that_the_beginning_was_deleted(ulong checkpoint, ulong from)
    {
        await using var world = await WorldAsync(checkpoint);

        Assert.Throws<LogTruncatedException>(() => LogReplay.Open(new DeletedBelow(world.Log.Reader, new GlobalSeq(5)), world.Checkpoints, new GlobalSeq(from)));
    }

    [Fact]
    public async Task A_checkpoint_past_the_end_of_the_log_is_not_served()
    {
        await using var world = await WorldAsync(checkpoint: 6);

        using var at = LogReplay.Open(new EndsAt(world.Log.Reader, new GlobalSeq(6)), world.Checkpoints, new GlobalSeq(6));
        using var past = LogReplay.Open(new EndsAt(world.Log.Reader, new GlobalSeq(5)), world.Checkpoints, new GlobalSeq(6));

        Assert.Equal((6UL, 0UL), (at.Start.Value, past.Start.Value));
    }

    [Theory]
    [InlineData(4UL, 5UL, 4UL)] // the checkpoint is nearer than the replay at 2
    [InlineData(4UL, 4UL, 4UL)]
    [InlineData(4UL, 3UL, 0UL)] // the checkpoint is past the position
    [InlineData(2UL, 5UL, 0UL)] // the replay is there already
    public async Task It_continues_another_one_unless_a_checkpoint_is_nearer(ulong checkpoint, ulong from, ulong start)
    {
        await using var world = await WorldAsync(checkpoint);
        using var reached = LogReplay.Open(world.Log.Reader, world.Checkpoints, GlobalSeq.None);
        reached.RunTo(new GlobalSeq(2), CancellationToken.None);

        using var replay = LogReplay.Continue(reached, world.Checkpoints, new GlobalSeq(from));

        Assert.Equal((start, start > 0), (replay.Start.Value, !ReferenceEquals(reached, replay)));
        Assert.Equal(world.Replay().Digest(), DigestAtEnd(replay, world));
    }

    [Fact]
    public async Task A_replay_that_is_cancelled_stops_between_two_frames_and_can_go_on()
    {
        await using var world = await WorldAsync(checkpoint: 1);
        using var replay = LogReplay.Open(world.Log.Reader, world.Checkpoints, GlobalSeq.None);
        replay.RunTo(new GlobalSeq(2), CancellationToken.None);

        Assert.ThrowsAny<OperationCanceledException>(() => replay.RunTo(world.Log.Watermark, new CancellationToken(canceled: true)));
        replay.RunTo(world.Log.Watermark, CancellationToken.None);

        Assert.Equal(world.Replay().Digest(), replay.Engine.Digest());
    }

    private static StateDigest DigestAtEnd(LogReplay replay, FoldWorld world)
    {
        replay.RunTo(world.Log.Watermark, CancellationToken.None);
        return replay.Engine.Digest();
    }

    /// <summary>A log of several frames with one checkpoint.</summary>
    private static async Task<FoldWorld> WorldAsync(ulong checkpoint)
    {
        var world = new FoldWorld();
        var facts = Facts.Pending(10);
        for (int first = 0; first < 12; first += 2)
        {
            await world.AppendAsync(Facts.Part(facts, first, 2));
        }

        var engine = world.Checkpoints.Create();
        var saved = new ByteBuffer();
        var records = new RecordEnumerator(GlobalSeq.None.Next, facts.Records.Span);
        while (engine.Applied.Value < checkpoint && records.MoveNext())
        {
            engine.Apply(records.Current);
        }

        engine.SaveCheckpoint(saved);
        using var writer = world.Checkpoints.Begin(engine.Applied, new Epoch(1));
        writer.Append(saved.WrittenSpan);
        writer.Complete(Mempulse.Folding.Checkpoints.CheckpointStore.MarkOf(engine.Applied, new Epoch(1), engine.Digest(), engine.RuleVersion));
        return world;
    }

    private sealed class DeletedBelow(ILogReader inner, GlobalSeq oldest) : ILogReader
    {
        public GlobalSeq Oldest => oldest;

        public GlobalSeq Watermark => inner.Watermark;

        public SequencedBatch? Read(GlobalSeq from, int maxBytes) => inner.Read(from, maxBytes);

        public LogScan Scan(GlobalSeq from) => inner.Scan(from);

        public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit) => inner.Find(key, after, limit);
    }

    private sealed class EndsAt(ILogReader inner, GlobalSeq watermark) : ILogReader
    {
        public GlobalSeq Oldest => inner.Oldest;

        public GlobalSeq Watermark => watermark;

        public SequencedBatch? Read(GlobalSeq from, int maxBytes) => inner.Read(from, maxBytes);

        public LogScan Scan(GlobalSeq from) => inner.Scan(from);

        public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit) => inner.Find(key, after, limit);
    }
}
