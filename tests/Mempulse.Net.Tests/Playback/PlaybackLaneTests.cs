using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;
using Mempulse.Net.Tests.Captures;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Playback;

public sealed class PlaybackLaneTests
{
    private static readonly string SamplePath = Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-pectra.mpc");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task At_maximal_pace_one_two_and_seven_workers_append_the_same_bytes_in_the_same_order()
    {
        var one = await PlayAsync(OpenSample, workers: 1);
        var two = await PlayAsync(OpenSample, workers: 2);
        var seven = await PlayAsync(OpenSample, workers: 7);

        Assert.True(one.Bytes().AsSpan().SequenceEqual(two.Bytes()));
        Assert.True(one.Bytes().AsSpan().SequenceEqual(seven.Bytes()));
    }

    [Fact]
    public async Task A_queue_of_three_items_makes_the_lane_wait_and_drops_nothing()
    {
        var wide = await PlayAsync(OpenSample, workers: 2);
        var narrow = await PlayAsync(OpenSample, workers: 2, queueCapacityItems: 3);

        Assert.True(wide.Bytes().AsSpan().SequenceEqual(narrow.Bytes()));
    }

    [Fact]
    public async Task Every_body_of_the_sample_decodes_except_the_invalid_one()
    {
        var events = (await PlayAsync(OpenSample, workers: 2)).Events();

        var drop = Assert.IsType<LogEvent.TxIngestDropped>(Assert.Single(events, logEvent => logEvent is LogEvent.TxIngestDropped));
        Assert.Equal(DropReason.DecodeFail, drop.Reason);
        Assert.Equal("an unknown type", System.Text.Encoding.ASCII.GetString(drop.Raw.Span[1..]));
        Assert.True(events.Count(logEvent => logEvent is LogEvent.TxDecoded) > 1_000);
    }

    [Fact]
    public async Task Sources_are_connected_as_synthetic_first_and_completed_last()
    {
        var events = (await PlayAsync(OpenSample, workers: 1)).Events();

        Assert.All(events.Take(3), logEvent => Assert.True(Assert.IsType<LogEvent.SourceConnected>(logEvent).IsSynthetic));
        Assert.All(events.TakeLast(3), logEvent => Assert.Equal(SourceLossReason.Completed, Assert.IsType<LogEvent.SourceLost>(logEvent).Reason));
    }

    [Fact]
    public async Task Times_are_those_of_the_recording()
    {
        var played = await PlayAsync(() => CaptureSamples.Read(CaptureSamples.OneOfEach()), workers: 1);

        var times = played.Read((in record) => record.Timestamp.Value - CaptureSamples.Header.Start.Value);

        // Two sources connected, a sighting, a body that is also a sighting but does not decode, a block, two sources completed.
        Assert.Equal([0, 0, 1_000, 2_000, 2_000, 2_000, 2_000], times);
    }

    [Fact]
    public async Task A_scaled_pace_plays_an_entry_when_its_share_of_time_has_passed()
    {
        var stream = new MemoryStream();
        using (var writer = new CaptureWriter(stream, CaptureSamples.Header))
        {
            writer.AddSighting(0, 0, CaptureSamples.SomeHash, SightingVia.HashSubscription);
            writer.AddSighting(10_000_000_000, 1, CaptureSamples.SomeHash, SightingVia.HashSubscription);
            writer.Complete();
        }

        var time = new FakeTimeProvider();
        var options = new PlaybackOptions { Pace = PlaybackPace.Scaled(10), Pipeline = PipelineOf(1, 1_000) };
        var sink = new RecordingSink();
        using var capture = CaptureSamples.Read(stream.ToArray());
        await using var lane = new PlaybackLane(capture, options, sink, TransactionBodyDecoder.For(new ChainId(1)), time);
        await lane.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => lane.PlayedEntries == 1);

        time.Advance(TimeSpan.FromMilliseconds(990));
        Assert.False(lane.Completion.IsCompleted);
        Assert.Equal(1UL, lane.PlayedEntries);

        time.Advance(TimeSpan.FromMilliseconds(10));
        await lane.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(2UL, lane.PlayedEntries);
        Assert.All(lane.ReadStatus().Sources, source => Assert.False(source.IsConnected));
    }

    [Fact]
    public async Task A_log_that_has_a_capture_is_not_played_into_again()
    {
        var sink = new RecordingSink();
        int played = 0;
        for (int run = 0; run < 3; run++)
        {
            using var capture = CaptureSamples.Read(CaptureSamples.OneOfEach());
            await using var lane = new PlaybackLane(capture, new PlaybackOptions { Pace = PlaybackPace.Maximal, Pipeline = PipelineOf(1, 1_000) }, sink, TransactionBodyDecoder.For(new ChainId(1)), TimeProvider.System);
            await lane.StartAsync(TestContext.Current.CancellationToken);
            await lane.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
            await lane.StopAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

            played = run == 0 ? sink.Count : played;
            Assert.Equal(played, sink.Count);
            Assert.Equal(run > 0, lane.ReadStatus().Sources[0].LastLoss.StartsWith("The log already has", StringComparison.Ordinal));
        }

        Assert.True(played > 0);
    }

    [Fact]
    public async Task A_stopped_lane_reports_it_and_appends_what_it_accepted()
    {
        var time = new FakeTimeProvider();
        var options = new PlaybackOptions { Pace = PlaybackPace.Recorded, Pipeline = PipelineOf(1, 1_000) };
        var sink = new RecordingSink();
        using var capture = OpenSample();
        await using var lane = new PlaybackLane(capture, options, sink, TransactionBodyDecoder.For(new ChainId(1)), time);
        await lane.StartAsync(TestContext.Current.CancellationToken);

        await lane.StopAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        var events = sink.Events();
        Assert.All(events.TakeLast(3), logEvent => Assert.Equal(SourceLossReason.Shutdown, Assert.IsType<LogEvent.SourceLost>(logEvent).Reason));
    }

    [Fact]
    public async Task Damage_stops_the_lane_with_file_and_offset_as_the_reason()
    {
        byte[] damaged = CaptureSamples.OneOfEach();
        damaged[^30] ^= 1;

        var events = (await PlayAsync(() => CaptureSamples.Read(damaged), workers: 1)).Events();

        var lost = Assert.IsType<LogEvent.SourceLost>(events[^1]);
        Assert.Equal(SourceLossReason.ProtocolViolation, lost.Reason);
        Assert.StartsWith("sample.mpc is damaged at offset ", lost.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max", 0)]
    [InlineData("x6", 6)]
    [InlineData("0.5x", 0.5)]
    [InlineData("10", 10)]
    public void A_pace_parses_in_common_notations(string text, double scale)
    {
        Assert.True(PlaybackPace.TryParse(text, out var pace));
        Assert.Equal(scale, pace.Scale);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fast")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1e9")]
    [InlineData(null)]
    public void An_invalid_pace_is_refused(string? text) => Assert.False(PlaybackPace.TryParse(text, out _));

    private static IngestPipelineOptions PipelineOf(int workers, int queueCapacityItems) => new()
    {
        DecodeWorkers = workers,
        QueueCapacityItems = queueCapacityItems,
        WhenLogRefuses = LogRefusal.Wait,
    };

    private static CaptureReader OpenSample() => CaptureReader.Open(SamplePath);

    private static async Task<RecordingSink> PlayAsync(Func<CaptureReader> open, int workers, int queueCapacityItems = 1_000)
    {
        var options = new PlaybackOptions { Pipeline = PipelineOf(workers, queueCapacityItems) };
        var sink = new RecordingSink();
        using var capture = open();
        await using var lane = new PlaybackLane(capture, options, sink, TransactionBodyDecoder.For(capture.Header.Chain), TimeProvider.System);
        await lane.StartAsync(TestContext.Current.CancellationToken);
        await lane.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return sink;
    }

    private static async Task Until(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
