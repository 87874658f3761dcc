using CsCheck;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Ingest;

public sealed class IngestPipelineTests
{
    private static readonly SourceId s_source = SourceId.Of("node-a");
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_number_of_workers_does_not_change_the_appended_bytes()
    {
        await Gen.Select(Gen.Int[0, 2], Gen.Byte, Gen.Byte).Array[0, 2_000].SampleAsync(
            async picks =>
            {
                var items = picks.Select((pick, i) => ItemOf(pick.Item1, pick.Item2, pick.Item3, i)).ToArray();

                byte[] alone = await PlayAsync(items, new IngestPipelineOptions { DecodeWorkers = 1 });
                byte[] many = await PlayAsync(items, new IngestPipelineOptions { DecodeWorkers = 5, ChunkItems = 3, QueueCapacityItems = 50, RecentBodies = 64 });
                byte[] few = await PlayAsync(items, new IngestPipelineOptions { DecodeWorkers = 1, RecentBodies = 64 });

                Assert.Equal(few, many);
                Assert.True(alone.Length <= few.Length, "remembering fewer bodies never appends less");
            },
            iter: 40);
    }

    [Fact]
    public async Task Records_are_in_posting_order_and_numbered_densely()
    {
        var items = Enumerable.Range(0, 500).Select(i => ItemOf(i % 3, (byte)(i % 256), (byte)(i / 256), i)).ToArray();
        var sink = new RecordingSink();

        await PlayAsync(items, new IngestPipelineOptions { DecodeWorkers = 4, ChunkItems = 2 }, sink);

        var numbers = sink.Read((in record) => record.LocalSeq);
        var times = sink.Read((in record) => record.Timestamp.Value);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (ulong)n), numbers);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task A_body_is_recorded_once_and_each_of_its_sightings()
    {
        var sink = new RecordingSink();
        byte[] body = SampleBody.Of(1);
        var hash = SampleBody.HashOf(body);

        await PlayAsync(
            [
                IngestItem.Sighting(hash, SightingVia.HashSubscription, s_source, new UnixNanoseconds(1)),
                IngestItem.FetchedBody(body, hash, s_source, new UnixNanoseconds(2)),
                IngestItem.PushedBody(body, default, SightingVia.BodySubscription, SourceId.Of("node-b"), new UnixNanoseconds(3)),
                IngestItem.PushedBody(body, hash, SightingVia.PoolSnapshot, SourceId.Of("node-c"), new UnixNanoseconds(4)),
            ],
            new IngestPipelineOptions(),
            sink);

        Assert.Equal(
            [LogEvent.TxSeen.KindNumber, LogEvent.TxDecoded.KindNumber, LogEvent.TxSeen.KindNumber, LogEvent.TxSeen.KindNumber],
            sink.Read((in record) => record.Kind));
    }

    [Fact]
    public async Task A_false_body_does_not_keep_out_the_true_one()
    {
        var sink = new RecordingSink();
        byte[] body = SampleBody.Of(1);
        var hash = SampleBody.HashOf(body);

        await PlayAsync(
            [
                IngestItem.FetchedBody(SampleBody.Of(9), hash, s_source, new UnixNanoseconds(1)),
                IngestItem.FetchedBody(new byte[] { 0xff, 7 }, hash, s_source, new UnixNanoseconds(2)),
                IngestItem.FetchedBody(body, hash, s_source, new UnixNanoseconds(3)),
            ],
            new IngestPipelineOptions(),
            sink);

        var events = sink.Events();
        var mismatch = Assert.IsType<LogEvent.TxIngestDropped>(events[0]);
        Assert.Equal((hash, DropReason.InvalidProtocol), (mismatch.First, mismatch.Reason));
        var unknown = Assert.IsType<LogEvent.TxIngestDropped>(events[1]);
        Assert.Equal(DropReason.DecodeFail, unknown.Reason);
        Assert.Equal(new byte[] { 0xff, 7 }, unknown.Raw.ToArray());
        Assert.Equal(hash, Assert.IsType<LogEvent.TxDecoded>(events[2]).Hash);
    }

    [Fact]
    public async Task Every_item_refused_by_a_full_queue_is_counted_exactly()
    {
        await Gen.Select(Gen.Int[1, 40], Gen.Int[1, 400]).SampleAsync(
            async (capacity, posts) =>
            {
                var sink = new RecordingSink { Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
                var options = new IngestPipelineOptions
                {
                    QueueCapacityItems = capacity, DecodeWorkers = 2, ChunkItems = 4, MinBatchEvents = 1, MaxBatchEvents = 4,
                };
                await using var pipeline = NewPipeline(options, sink, TimeProvider.System);
                await pipeline.StartAsync(TestContext.Current.CancellationToken);

                int refused = 0;
                for (int i = 0; i < posts; i++)
                {
                    refused += pipeline.TryPost(ItemOf(0, (byte)(i % 256), (byte)(i / 256), i)) ? 0 : 1;
                }

                sink.Gate.SetResult();
                await pipeline.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken);

                var drops = sink.Events().OfType<LogEvent.TxIngestDropped>().ToList();
                Assert.Equal((ulong)refused, drops.Aggregate(0UL, (sum, drop) => sum + drop.Count));
                Assert.Equal(posts - refused, sink.Events().OfType<LogEvent.TxSeen>().Count());
                Assert.All(drops, drop => Assert.Equal(("lane", "ingest", DropReason.QueueFull), (drop.Lane, drop.Queue, drop.Reason)));
                Assert.All(drops, drop => Assert.True(drop.DepthPeak <= (ulong)capacity));
                Assert.Equal(refused, pipeline.ReadStatus([]).Drops.Sum(drop => drop.Count));
            },
            iter: 30);
    }

    [Fact]
    public async Task Drops_of_one_window_share_one_event_with_the_first_and_last_hash()
    {
        var sink = new RecordingSink();
        await using var pipeline = NewPipeline(new IngestPipelineOptions(), sink, new FakeTimeProvider());
        await pipeline.StartAsync(TestContext.Current.CancellationToken);

        for (byte i = 1; i <= 10; i++)
        {
            pipeline.RecordDrop(DropReason.BodyUnavailable, "body fetch", s_source, SampleBody.HashOf([i]), "No source has it.");
        }

        await pipeline.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken);

        var drop = Assert.IsType<LogEvent.TxIngestDropped>(Assert.Single(sink.Events()));
        Assert.Equal((10UL, SampleBody.HashOf([1]), SampleBody.HashOf([10])), (drop.Count, drop.First, drop.Last));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_dropped_as_oversize()
    {
        var sink = new RecordingSink();
        await PlayAsync(
            [IngestItem.FetchedBody(new byte[1_001], default, s_source, new UnixNanoseconds(1))],
            new IngestPipelineOptions { MaxBodyBytes = 1_000 },
            sink);

        var drop = Assert.IsType<LogEvent.TxIngestDropped>(Assert.Single(sink.Events()));
        Assert.Equal((DropReason.Oversize, 1UL), (drop.Reason, drop.Count));
    }

    [Fact]
    public async Task A_lost_acknowledgement_appends_nothing_twice()
    {
        var items = Enumerable.Range(0, 300).Select(i => ItemOf(i % 3, (byte)(i % 256), 1, i)).ToArray();
        var options = new IngestPipelineOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        byte[] expected = await PlayAsync(items, options);
        var sink = new RecordingSink
        {
            AppendsWhenUnknown = true,
            Answer = call => call % 2 == 1 ? AppendStatus.Unknown : AppendStatus.Appended,
        };

        byte[] actual = await PlayAsync(items, options, sink);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_full_log_causes_counted_drops_and_the_lane_continues_when_there_is_room()
    {
        var sink = new RecordingSink { Answer = static call => call <= 3 ? AppendStatus.Refused : AppendStatus.Appended };
        var options = new IngestPipelineOptions { RetryDelay = TimeSpan.FromMilliseconds(1), MinBatchEvents = 1 };
        await using var pipeline = NewPipeline(options, sink, TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);
        var lost = new LogEvent.SourceLost("node-a", SourceLossReason.Closed, "gone");
        await pipeline.PostAsync(IngestItem.Ready(lost, s_source, new UnixNanoseconds(1)), TestContext.Current.CancellationToken);

        int posted = 0;
        while (sink.Count == 0)
        {
            posted += pipeline.TryPost(ItemOf(0, (byte)(posted % 256), (byte)(posted / 256 % 256), posted)) ? 1 : 0;
            await Task.Yield();
        }

        await pipeline.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken);

        var events = sink.Events();
        Assert.Contains(lost, events);
        ulong dropped = events.OfType<LogEvent.TxIngestDropped>().Where(drop => drop.Reason == DropReason.LogUnavailable)
            .Aggregate(0UL, (sum, drop) => sum + drop.Count);
        Assert.Equal(posted, (int)dropped + events.OfType<LogEvent.TxSeen>().Count());
        Assert.True(pipeline.ReadStatus([]).IsLogAvailable);
    }

    [Fact]
    public async Task A_lane_that_may_wait_loses_nothing_while_the_log_is_full()
    {
        var items = Enumerable.Range(0, 300).Select(i => ItemOf(i % 3, (byte)(i % 256), 1, i)).ToArray();
        var options = new IngestPipelineOptions { RetryDelay = TimeSpan.FromMilliseconds(1), WhenLogRefuses = LogRefusal.Wait };
        byte[] expected = await PlayAsync(items, options);

        byte[] actual = await PlayAsync(items, options, new RecordingSink { Answer = static call => call <= 5 ? AppendStatus.Refused : AppendStatus.Appended });

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_decoder_that_throws_stops_the_pipeline_and_is_reported()
    {
        int calls = 0;
        await using var pipeline = new IngestPipeline(
            new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "lane"),
            new IngestPipelineOptions { DecodeWorkers = 3, ChunkItems = 1 },
            new DecodedBodies(16),
            new RecordingSink(),
            () => new TransactionBodyDecoder(new ChainId(1), new FixedRecovery
            {
                OnRecover = () => Invariant.That(Interlocked.Increment(ref calls) != 20, "INV-00", "a bug for this test"),
            }),
            TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);

        for (int i = 0; i < 100; i++)
        {
            await pipeline.PostAsync(ItemOf(1, (byte)i, 0, i), TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<InvariantBrokenException>(() => pipeline.Completion.WaitAsync(s_limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bodies_of_any_length_pass()
    {
        await Gen.Int[5, 100_000].Array[1, 120].SampleAsync(
            async lengths =>
            {
                var sink = new RecordingSink();
                var items = lengths.Select((length, i) => IngestItem.FetchedBody(SampleBody.Of(i, length), default, s_source, new UnixNanoseconds(i + 1)));

                await PlayAsync([.. items], new IngestPipelineOptions(), sink);

                Assert.Equal(lengths.Length, sink.Read((in record) => record.Kind).Count(kind => kind == LogEvent.TxDecoded.KindNumber));
            },
            iter: 20);
    }

    [Fact]
    public async Task A_pipeline_is_started_once()
    {
        await using var pipeline = NewPipeline(new IngestPipelineOptions(), new RecordingSink(), TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvariantBrokenException>(() => pipeline.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_batch_stays_within_its_bounds()
    {
        var sink = new RecordingSink();
        var items = Enumerable.Range(0, 3_000).Select(i => ItemOf(i % 2, (byte)(i % 256), (byte)(i / 256), i)).ToArray();

        await PlayAsync(items, new IngestPipelineOptions { MaxBatchEvents = 100, MinBatchEvents = 50 }, sink);

        Assert.All(sink.BatchSizes, size => Assert.InRange(size, 1, 100));
    }

    private static IngestItem ItemOf(int pick, byte content, byte salt, int index)
    {
        byte[] body = content == 0xff ? [0xff, salt, 3, 4] : SampleBody.Of(content | (salt << 8));
        var time = new UnixNanoseconds(index + 1);
        return pick switch
        {
            0 => IngestItem.Sighting(SampleBody.HashOf(body), SightingVia.HashSubscription, s_source, time),
            1 => IngestItem.PushedBody(body, default, SightingVia.BodySubscription, s_source, time),
            _ => IngestItem.FetchedBody(body, content == 0xff ? default : SampleBody.HashOf(body), s_source, time),
        };
    }

    private static IngestPipeline NewPipeline(IngestPipelineOptions options, IEventSink sink, TimeProvider time) =>
        new(new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "lane"), options, new DecodedBodies(options.RecentBodies), sink, FixedRecovery.NewDecoder, time);

    private static async Task<byte[]> PlayAsync(IngestItem[] items, IngestPipelineOptions options, RecordingSink? into = null)
    {
        var sink = into ?? new RecordingSink();
        await using var pipeline = NewPipeline(options, sink, TimeProvider.System);
        await pipeline.StartAsync(TestContext.Current.CancellationToken);
        foreach (var item in items)
        {
            await pipeline.PostAsync(item, TestContext.Current.CancellationToken);
        }

        await pipeline.CompleteAsync(TestContext.Current.CancellationToken).WaitAsync(s_limit, TestContext.Current.CancellationToken);
        return sink.Bytes();
    }
}
