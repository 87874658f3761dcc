using CsCheck;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>A log that refuses and comes back, on a clock that the test moves: after that, everything posted is in the log once or on record as a drop.</summary>
public sealed class RefusingLogTests
{
    private static readonly SourceId s_source = SourceId.Of("node-a");
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly IngestPipelineOptions s_options = new() { MinBatchEvents = 1, DropWindow = TimeSpan.FromMinutes(1), RetryDelay = TimeSpan.FromMilliseconds(250) };

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingSink _sink = new();
    private volatile AppendStatus _status = AppendStatus.Appended;
    private int _posted;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nothing follows")]
    [InlineData("another record follows")]
    [InlineData("the lane stops")]
    public async Task A_fact_that_the_log_refused_is_recorded_when_it_is_back_whatever_follows(string what)
    {
        await using var pipeline = await StartAsync();
        for (int round = 1; round <= 2; round++)
        {
            _status = AppendStatus.Refused;
            int calls = _sink.AppendCalls;
            await PostFactAsync(pipeline, 10);
            await Until.TrueAsync(() => _sink.AppendCalls > calls, "refused");
            Assert.False(pipeline.ReadStatus([]).IsLogAvailable);
            _status = AppendStatus.Appended;
            _time.Advance(s_options.RetryDelay);
            if (what == "another record follows")
            {
                await pipeline.PostAsync(Sighting(), Cancelled);
            }
            else if (what == "nothing follows")
            {
                _time.Advance(s_options.DropWindow); // the pipeline's own timer is all that happens
            }
            else
            {
                break;
            }

            await Until.TrueAsync(() => Facts().Count == round, "the fact");
            Assert.True(pipeline.ReadStatus([]).IsLogAvailable);
        }

        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);

        Assert.Equal(what == "the lane stops" ? 1 : 2, Facts().Count);
        Assert.Equal(_sink.Count, pipeline.ReadStatus([]).AppendedCount);
        Assert.Empty(_sink.Events().OfType<LogEvent.TxIngestDropped>());
    }

    [Fact]
    public async Task While_it_refuses_it_is_asked_once_in_each_pause_and_what_arrives_meanwhile_is_counted()
    {
        await using var pipeline = await StartAsync();
        _status = AppendStatus.Refused;
        await PostAndCountAsync(pipeline, dropped: 1);
        Assert.Equal(1, _sink.AppendCalls);

        _time.Advance(s_options.RetryDelay - TimeSpan.FromTicks(1));
        await PostAndCountAsync(pipeline, dropped: 2);
        await PostAndCountAsync(pipeline, dropped: 3);
        Assert.Equal(1, _sink.AppendCalls);

        _time.Advance(TimeSpan.FromTicks(1));
        await PostAndCountAsync(pipeline, dropped: 4);
        Assert.Equal(2, _sink.AppendCalls);
    }

    [Fact]
    public async Task Facts_over_the_limit_of_what_is_kept_are_counted_and_the_room_is_free_again_afterwards()
    {
        const int size = 10_000;
        await using var pipeline = await StartAsync();
        for (int round = 1; round <= 2; round++)
        {
            _status = AppendStatus.Refused;
            int calls = _sink.AppendCalls;
            for (int i = 0; i < 40; i++)
            {
                await PostFactAsync(pipeline, size);
            }

            await Until.TrueAsync(() => _sink.AppendCalls > calls && pipeline.ReadStatus([]).Drops.Sum(drop => drop.Count) == 14 * round, "26 are kept, and the rest is counted");
            _status = AppendStatus.Appended;
            _time.Advance(s_options.DropWindow);
            await Until.TrueAsync(() => Facts().Count == 26 * round, "those that were kept");
        }

        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);
        var drops = _sink.Events().OfType<LogEvent.TxIngestDropped>().ToList();
        Assert.All(drops, static drop => Assert.Equal((DropReason.LogUnavailable, "kept events"), (drop.Reason, drop.Queue)));
        Assert.Equal(28UL, drops.Aggregate(0UL, static (sum, drop) => sum + drop.Count));
    }

    [Fact]
    public async Task A_drop_that_the_log_refused_is_recorded_once_when_it_is_back()
    {
        await using var pipeline = await StartAsync();
        _status = AppendStatus.Refused;
        await PostAndCountAsync(pipeline, dropped: 1);
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(s_options.DropWindow);
                return _sink.AppendCalls > 1;
            },
            "the record of the drop is refused");

        _status = AppendStatus.Appended;
        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);

        var drop = Assert.IsType<LogEvent.TxIngestDropped>(Assert.Single(_sink.Events()));
        Assert.Equal(1UL, drop.Count);
    }

    [Fact]
    public async Task A_drop_is_recorded_although_the_log_refused_it_in_the_last_round_and_took_another_record()
    {
        await using var pipeline = await StartAsync();
        _status = AppendStatus.Refused;
        await PostFactAsync(pipeline, 10);
        await Until.TrueAsync(() => _sink.AppendCalls == 1, "the fact is refused");
        await PostAndCountAsync(pipeline, dropped: 1);
        _sink.Answer = static call => call == 2 ? AppendStatus.Refused : AppendStatus.Appended;

        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);

        Assert.Single(Facts());
        Assert.Equal(1UL, Assert.Single(_sink.Events().OfType<LogEvent.TxIngestDropped>()).Count);
    }

    [Fact]
    public async Task An_append_whose_outcome_is_unknown_is_repeated_after_the_pause_and_not_before()
    {
        await using var pipeline = await StartAsync();
        _status = AppendStatus.Unknown;
        await pipeline.PostAsync(Sighting(), Cancelled);
        await Until.TrueAsync(() => _sink.AppendCalls == 1, "the first attempt");
        _status = AppendStatus.Appended;

        var completing = pipeline.CompleteAsync(Cancelled);
        _time.Advance(s_options.RetryDelay - TimeSpan.FromTicks(1));
        Assert.Equal((1, false), (_sink.AppendCalls, completing.IsCompleted));
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(s_options.RetryDelay);
                return completing.IsCompleted;
            },
            "appended");

        Assert.Equal((2, 1), (_sink.AppendCalls, _sink.Count));
    }

    [Fact]
    public void Any_history_of_refusals_lost_acknowledgements_and_recoveries_leaves_every_item_in_the_log_once_or_on_record() =>
        Gen.Int[0, 9].Array[1, 60].Sample(steps => new RefusingLogTests().RunAsync(steps).GetAwaiter().GetResult(), iter: 150, threads: 1);

    private async Task RunAsync(int[] steps)
    {
        _sink.AppendsWhenUnknown = steps.Length % 2 == 0;
        var options = new IngestPipelineOptions { MinBatchEvents = 1, MaxBatchEvents = 8, DecodeWorkers = 2, ChunkItems = 2, DropWindow = TimeSpan.FromMilliseconds(500) };
        await using var pipeline = await StartAsync(options);
        int facts = 0;
        foreach (int step in steps)
        {
            switch (step)
            {
                case <= 3:
                    await pipeline.PostAsync(Sighting(), Cancelled);
                    break;
                case 4:
                    await PostFactAsync(pipeline, 10);
                    facts++;
                    break;
                case 5:
                    _status = AppendStatus.Refused;
                    break;
                case 6:
                    _status = AppendStatus.Unknown;
                    break;
                case 7:
                    _status = AppendStatus.Appended;
                    break;
                default:
                    _time.Advance(options.RetryDelay);
                    await Task.Yield();
                    break;
            }
        }

        _status = AppendStatus.Appended;
        var completing = pipeline.CompleteAsync(Cancelled);
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(options.RetryDelay);
                return completing.IsCompleted;
            },
            "everything is appended");

        var events = _sink.Events();
        ulong dropped = events.OfType<LogEvent.TxIngestDropped>().Aggregate(0UL, static (sum, drop) => sum + drop.Count);
        Assert.Equal(facts, Facts().Count);
        Assert.Equal(_posted, events.OfType<LogEvent.TxSeen>().Count() + (int)dropped);
        Assert.Equal((long)dropped, pipeline.ReadStatus([]).Drops.Sum(static drop => drop.Count));
        Assert.Equal(_sink.Count, pipeline.ReadStatus([]).AppendedCount);
        Assert.Equal(Facts().Order(StringComparer.Ordinal), Facts());
    }

    private async Task<IngestPipeline> StartAsync(IngestPipelineOptions? options = null)
    {
        _sink.Answer = _ => _status;
        var pipeline = PipelineParts.Pipeline(options ?? s_options, _sink, _time);
        await pipeline.StartAsync(Cancelled);
        return pipeline;
    }

    private IngestItem Sighting() => IngestItem.Sighting(SampleBody.HashOf([(byte)++_posted]), SightingVia.HashSubscription, s_source, new UnixNanoseconds(_posted));

    private int _facts;

    private async Task PostFactAsync(IngestPipeline pipeline, int size) =>
        await pipeline.PostAsync(IngestItem.Ready(new LogEvent.SourceLost("node-a", SourceLossReason.Closed, $"{++_facts:d9}".PadRight(size)), s_source, new UnixNanoseconds(1)), Cancelled);

    private async Task PostAndCountAsync(IngestPipeline pipeline, int dropped)
    {
        await pipeline.PostAsync(Sighting(), Cancelled);
        await Until.TrueAsync(() => pipeline.ReadStatus([]).Drops.Sum(static drop => drop.Count) == dropped, $"{dropped} dropped");
    }

    private List<string> Facts() => [.. _sink.Events().OfType<LogEvent.SourceLost>().Select(static lost => lost.Detail)];
}
