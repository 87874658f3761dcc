using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>What ingest could not process or record spans the time in which it could not, for each source.</summary>
public sealed class DropSpanTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(3_600)]
    public async Task Drops_of_a_log_that_refuses_span_from_the_first_to_the_last_per_source(int seconds)
    {
        bool isRefusing = true;
        var sink = new RecordingSink { Answer = _ => Volatile.Read(ref isRefusing) ? AppendStatus.Refused : AppendStatus.Appended };
        var options = new IngestPipelineOptions { RetryDelay = TimeSpan.FromMilliseconds(1), DropWindow = TimeSpan.FromMilliseconds(10), MinBatchEvents = 1 };
        await using var pipeline = NewPipeline(options, sink, TimeProvider.System);
        await pipeline.StartAsync(Now);
        for (int i = 0; i <= seconds; i++)
        {
            await pipeline.PostAsync(Sighting("a", i, Start + (i * Second)), Now);
            await pipeline.PostAsync(Sighting("b", i, Start + (i * Second) + 7), Now);
        }

        while (pipeline.ReadStatus([]).Drops.Sum(drop => drop.Count) < 2 * (seconds + 1))
        {
            await Task.Yield();
        }

        Volatile.Write(ref isRefusing, false);
        await pipeline.CompleteAsync(Now).WaitAsync(s_limit, Now);

        var drops = DropsOf(sink, DropReason.LogUnavailable);
        Assert.Equal(
            [("a", Start, seconds * Second, (ulong)(seconds + 1)), ("b", Start + 7, seconds * Second, (ulong)(seconds + 1))],
            drops.Select(drop => (drop.Source, drop.From, drop.To - drop.From, drop.Count)).Order());
    }

    [Fact]
    public async Task A_queue_that_is_full_for_twenty_seconds_leaves_drops_that_cover_them()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        var sink = new RecordingSink { Gate = new TaskCompletionSource() };
        await using var pipeline = NewPipeline(new IngestPipelineOptions { QueueCapacityItems = 16, MaxBatchEvents = 16, MinBatchEvents = 1 }, sink, time);
        await pipeline.StartAsync(Now);
        int posted = 0;
        for (int full = 0; full < 1_000; full++)
        {
            full = pipeline.TryPost(Sighting("a", ++posted, Start)) ? 0 : full; // until the batches and the workers are full as well
        }

        for (int tenth = 0; tenth < 200; tenth++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            while (pipeline.TryPost(Sighting("a", ++posted, Start)))
            {
                // until it is full again: the workers still make room until the batches are full
            }
        }

        sink.Gate.SetResult();
        await pipeline.CompleteAsync(Now).WaitAsync(s_limit, Now);

        var drops = DropsOf(sink, DropReason.QueueFull);
        Assert.Equal((Start, Start + (20 * Second)), (drops.Min(drop => drop.From), drops.Max(drop => drop.To)));
        Assert.All(drops.Zip(drops.Skip(1)), pair => Assert.InRange(pair.Second.From - pair.First.To, 0, 2 * Second));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    [InlineData(3_600, true)]
    public async Task A_process_that_did_not_run_records_that_when_it_resumes(int seconds, bool isRecorded)
    {
        var time = new StoppedTime(Start);
        var sink = new RecordingSink();
        await using var pipeline = NewPipeline(new IngestPipelineOptions(), sink, time);
        await pipeline.StartAsync(Now);
        time.RunFor(TimeSpan.FromSeconds(1));
        time.RunFor(TimeSpan.FromSeconds(1));

        time.RunFor(TimeSpan.FromSeconds(seconds));
        await pipeline.CompleteAsync(Now).WaitAsync(s_limit, Now);

        var drops = DropsOf(sink, DropReason.ProcessPaused);
        Assert.Equal(isRecorded ? [(Start + (2 * Second), Start + ((2 + seconds) * Second), 0UL)] : [], drops.Select(drop => (drop.From, drop.To, drop.Count)));
    }

    private static List<(string Source, long From, long To, ulong Count)> DropsOf(RecordingSink sink, DropReason reason) =>
    [
        .. sink.Read((in record) => (record.Source, At: record.Timestamp.Value, Event: LogEvent.Decode(record)))
            .Where(read => read.Event is LogEvent.TxIngestDropped drop && drop.Reason == reason)
            .Select(read => (Drop: (LogEvent.TxIngestDropped)read.Event!, read.At, Name: read.Source == SourceId.Of("a") ? "a" : read.Source == default ? string.Empty : "b"))
            .Select(read => (read.Name, read.At, read.At + (long)read.Drop.SpanNanoseconds, read.Drop.Count)),
    ];

    private static IngestItem Sighting(string source, int number, long at) =>
        IngestItem.Sighting(SampleBody.HashOf(SampleBody.Of(number)), SightingVia.HashSubscription, SourceId.Of(source), new UnixNanoseconds(at));

    private static IngestPipeline NewPipeline(IngestPipelineOptions options, IEventSink sink, TimeProvider time) =>
        new(new LaneMeter(UnhostedMeters.Shared, new ChainId(1), "lane"), options, new DecodedBodies(options.RecentBodies), sink, FixedRecovery.NewDecoder, time);

    /// <summary>A clock that moves only by <see cref="RunFor"/>, after which its one timer fires once, however long that was.</summary>
    private sealed class StoppedTime(long start) : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;
        private long _elapsed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _elapsed;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks((start / TimeSpan.NanosecondsPerTick) + _elapsed);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return System.CreateTimer(static _ => { }, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void RunFor(TimeSpan time)
        {
            _elapsed += time.Ticks;
            _callback!(_state);
        }
    }
}
