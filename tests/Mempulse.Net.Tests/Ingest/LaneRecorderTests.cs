using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>When a batch is worth an append, and how a writer that finds it full waits and is woken.</summary>
public sealed class LaneRecorderTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_batch_is_taken_when_it_is_large_enough_or_holds_all_input()
    {
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 4 });

        recorder.Write(ChunkOf(lane, 0, 3));
        Assert.Null(recorder.TryTake(acceptedItems: 10));
        recorder.Write(ChunkOf(lane, 1, 1));
        Assert.Equal([1UL, 2, 3, 4], Take(recorder, acceptedItems: 10));

        recorder.Write(ChunkOf(lane, 2, 1));
        Assert.Null(recorder.TryTake(acceptedItems: 6));
        Assert.Equal([5UL], Take(recorder, acceptedItems: 5));
        Assert.Null(recorder.TryTake(acceptedItems: 5));
    }

    [Fact]
    public void A_batch_that_has_waited_for_a_millisecond_is_taken_although_more_input_is_queued()
    {
        var time = new FakeTimeProvider();
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 64 }, time);
        time.Advance(TimeSpan.FromSeconds(1));

        recorder.Write(ChunkOf(lane, 0, 1));
        time.Advance(TimeSpan.FromMilliseconds(0.9));
        recorder.Write(ChunkOf(lane, 1, 1));
        Assert.Null(recorder.TryTake(acceptedItems: 1_000));
        time.Advance(TimeSpan.FromMilliseconds(0.1));
        Assert.Equal([1UL, 2], Take(recorder, acceptedItems: 1_000));

        recorder.Write(ChunkOf(lane, 2, 1));
        Assert.Null(recorder.TryTake(acceptedItems: 1_000)); // its own time counts
    }

    [Fact]
    public async Task A_writer_fills_one_batch_while_one_is_in_flight_then_waits_and_goes_on_when_that_returns()
    {
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 1, MaxBatchEvents = 4 });
        var writing = Task.Factory.StartNew(() => recorder.Write(ChunkOf(lane, 0, 22)), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        ulong next = 1;
        while (next <= 22)
        {
            EventBatch? batch = null;
            await Until.TrueAsync(() => (batch = recorder.TryTake(acceptedItems: 22)) is not null, "a batch");
            Assert.Null(recorder.TryTake(acceptedItems: 22)); // one is in flight
            var numbers = Numbers(batch!);
            Assert.InRange(numbers.Count, 1, 4);
            Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => next + (ulong)i), numbers);
            next += (ulong)numbers.Count;
            recorder.Return(batch!);
        }

        await writing.WaitAsync(s_limit, Cancelled);
        Assert.Equal(22UL, recorder.LastLocalSeq);
    }

    [Fact]
    public async Task A_writer_that_waits_makes_a_batch_worth_taking_and_an_abort_releases_it()
    {
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 4, MaxBatchEvents = 4, MaxBatchBytes = 1 << 8 });
        var writer = new Thread(() => recorder.Write(ChunkOf(lane, 0, 100)));
        writer.Start();
        EventBatch? batch = null;
        await Until.TrueAsync(() => (batch = recorder.TryTake(acceptedItems: 1_000)) is not null, "a batch that is full in bytes below the least count");
        Assert.InRange(batch!.Count, 1, 3);
        await Until.TrueAsync(
            () => recorder.LastLocalSeq > (ulong)batch.Count && writer.ThreadState.HasFlag(ThreadState.WaitSleepJoin), "the writer has filled the batch again and waits");

        recorder.Abort();

        Assert.True(writer.Join(s_limit));
        Assert.True(recorder.LastLocalSeq < 100);
    }

    [Fact]
    public void An_event_of_the_pipeline_waits_for_the_next_batch_when_this_one_is_full()
    {
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 1, MaxBatchEvents = 2 });
        var lost = new LogEvent.SourceLost("a", SourceLossReason.Closed, "gone");
        recorder.Write(ChunkOf(lane, 0, 1));

        Assert.Equal((true, false), (recorder.TryWrite(lost, default, default), recorder.TryWrite(lost, default, default)));
        Assert.Equal([1UL, 2], Take(recorder, acceptedItems: 1));
        Assert.True(recorder.TryWrite(lost, default, default));
    }

    [Fact]
    public void Numbers_continue_after_the_last_one_in_the_log()
    {
        var (recorder, lane) = New(new IngestPipelineOptions { MinBatchEvents = 1 });
        recorder.Resume(41);

        recorder.Write(ChunkOf(lane, 0, 2));

        Assert.Equal([42UL, 43], Take(recorder, acceptedItems: 2));
        Assert.Throws<InvariantBrokenException>(() => recorder.Resume(7));
    }

    private static (LaneRecorder Recorder, LaneId Lane) New(IngestPipelineOptions options, TimeProvider? time = null)
    {
        var context = PipelineParts.Context(options, time ?? new FakeTimeProvider()); // time stands still, so that no batch is taken for its age
        return (new LaneRecorder(context, new DropLedger(context), new ChunkDecoder(context, FixedRecovery.NewDecoder())), context.Lane);
    }

    private static DecodeChunk ChunkOf(LaneId lane, long number, int sightings)
    {
        var chunk = new DecodeChunk(lane);
        chunk.Begin(number);
        for (int i = 0; i < sightings; i++)
        {
            chunk.Add(IngestItem.Sighting(default, SightingVia.HashSubscription, default, default), []);
        }

        return chunk;
    }

    private static List<ulong> Take(LaneRecorder recorder, long acceptedItems)
    {
        var batch = recorder.TryTake(acceptedItems);
        Assert.NotNull(batch);
        var numbers = Numbers(batch);
        recorder.Return(batch);
        return numbers;
    }

    private static List<ulong> Numbers(EventBatch batch)
    {
        var numbers = new List<ulong>();
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            numbers.Add(records.Current.LocalSeq);
        }

        return numbers;
    }
}
