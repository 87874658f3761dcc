using System.Threading.Channels;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Logs;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Publishing;

/// <summary>The publisher over a stream that is slow, fails or hangs: bounded, counted, complete, and nothing waits for it.</summary>
public sealed class StreamPublishingTests : ILogStream, IAsyncDisposable
{
    private static readonly ChainId s_chain = new(1);

    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _log = new(1_000) { Watermark = new GlobalSeq(1_000) };
    private readonly Channel<LogNotice> _published = Channel.CreateUnbounded<LogNotice>();
    private readonly PublisherMeter _meter;
    private LogPublisher? _publisher;
    private volatile bool _isPublishing;
    private Func<LogNotice, Task> _stream = _ => Task.CompletedTask;

    public StreamPublishingTests() => _meter = new PublisherMeter(_measured.Meters);

    [Fact]
    public async Task A_commit_larger_than_an_item_is_published_completely_without_waiting_for_the_next_one()
    {
        Start();

        _publisher!.Committed(_log.Batch(1, PublisherOptions.MaxItemEvents + 10));

        var full = await NextAsync();
        var rest = await NextAsync();
        Assert.Equal((1UL, 256, 257UL, 10), (full.Batch!.First.Value, full.Batch.Count, rest.Batch!.First.Value, rest.Batch.Count));
        await _publisher.DisposeAsync();
        Assert.Equal((2, 266), (_measured.Sum("mempulse_publisher_items{chain=1}"), _measured.Sum("mempulse_publisher_events{chain=1}")));
    }

    [Fact]
    public async Task Commits_that_wait_for_a_slow_stream_are_combined()
    {
        var gate = new TaskCompletionSource();
        _stream = _ => gate.Task;
        Start();
        _publisher!.Committed(_log.Batch(1, 1));
        await Until.TrueAsync(() => _isPublishing, "the stream has the first item");

        _publisher.Committed(_log.Batch(2, 3));
        _publisher.Committed(_log.Batch(5, 4));
        gate.SetResult();

        Assert.Equal(1, (await NextAsync()).Batch!.Count);
        var combined = await NextAsync();
        Assert.Equal((2UL, 7), (combined.Batch!.First.Value, combined.Batch.Count));
    }

    [Fact]
    public async Task The_buffer_holds_exactly_its_bytes_drops_one_commit_beyond_and_takes_more_once_drained()
    {
        var gate = new TaskCompletionSource();
        _stream = _ => gate.Task;
        var log = new RecordedLog(842) { Watermark = new GlobalSeq(842) };
        Start(new PublisherOptions { Content = PublishedContent.Records, HandOverBytes = log.Batch(2, 400).Records.Length });
        _publisher!.Committed(log.Batch(1, 1));
        await Until.TrueAsync(() => _isPublishing, "the stream has the first item, so the buffer is empty");

        for (ulong first = 2; first < 402; first += 100)
        {
            _publisher.Committed(log.Batch(first, 100));
        }

        Assert.Equal(0, _publisher.DroppedEvents);
        _publisher.Committed(log.Batch(402, 3));
        Assert.Equal((3, 3), (_publisher.DroppedEvents, _measured.Sum("mempulse_publisher_dropped_events{chain=1}")));

        gate.SetResult();
        await ReadAsync(1, 401);
        for (ulong first = 405; first < 805; first += 100)
        {
            _publisher.Committed(log.Batch(first, 100));
        }

        await ReadAsync(405, 804);
        Assert.Equal(3, _publisher.DroppedEvents);
    }

    [Fact]
    public async Task The_bytes_of_a_commit_are_copied_before_the_writer_reuses_them()
    {
        var gate = new TaskCompletionSource();
        _stream = _ => gate.Task;
        Start();
        byte[] memory = _log.Batch(1, 2).Records.ToArray();

        _publisher!.Committed(_log.Batch(1, 2) with { Records = memory });
        Array.Clear(memory);
        gate.SetResult();

        Assert.Equal(_log.Batch(1, 2).Records.ToArray(), (await NextAsync()).Batch!.Records.ToArray());
    }

    [Fact]
    public async Task A_failing_stream_is_counted_and_logged_and_later_items_are_published()
    {
        int calls = 0;
        _stream = _ => ++calls <= 2 ? Task.FromException(new TimeoutException("gone")) : Task.CompletedTask;
        Start();

        _publisher!.Committed(_log.Batch(1, 1));
        await Until.TrueAsync(() => _lines.All.Count == 1, "the first failure");
        _publisher.Committed(_log.Batch(2, 1));
        await Until.TrueAsync(() => _lines.All.Count == 2, "the second failure");
        _publisher.Committed(_log.Batch(3, 1));

        Assert.Equal(3UL, (await NextAsync()).Batch!.First.Value);
        await _publisher.DisposeAsync();
        Assert.Equal((2, 1), (_measured.Sum("mempulse_publisher_failed_items{chain=1}"), _measured.Sum("mempulse_publisher_items{chain=1}")));
        Assert.All(_lines.Of(LogLevel.Warning), line => Assert.StartsWith("Chain 1: cannot publish the notice of watermark ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_pending_at_the_stop_is_published_and_later_commits_are_not()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stream = _ => gate.Task;
        Start();
        _publisher!.Committed(_log.Batch(1, 1));
        await Until.TrueAsync(() => _isPublishing, "the stream has the first item");
        _publisher.Committed(_log.Batch(2, 300));

        var stopping = _publisher.DisposeAsync().AsTask();
        for (int i = 0; i < 200_000; i++)
        {
            await Task.Yield(); // a stop that does not wait has every chance to end
        }

        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;
        int published = _published.Reader.Count; // by now all of it
        _publisher.Committed(_log.Batch(302, 1));
        await _publisher.DisposeAsync();

        int items = 0;
        for (ulong next = 1; next <= 301; items++)
        {
            next = (await NextAsync()).Batch!.Last.Value + 1;
        }

        Assert.Equal(items, published);
        Assert.False(_published.Reader.TryRead(out _));
    }

    [Fact]
    public async Task The_watermark_and_the_epoch_are_those_of_the_start_until_a_commit_raises_them()
    {
        Start(new PublisherOptions { Content = PublishedContent.Watermarks, WatermarkPeriod = TimeSpan.FromSeconds(1) });

        await SeesAsync(new Epoch(2), 40);
        _publisher!.Committed(_log.Batch(41, 5) with { Watermark = new GlobalSeq(45) });
        await SeesAsync(RecordedLog.Epoch, 45);
        await SeesAsync(RecordedLog.Epoch, 45);
    }

    [Fact]
    public async Task A_commit_before_the_start_is_not_forgotten()
    {
        _publisher = Create(new PublisherOptions { Content = PublishedContent.Records, WatermarkPeriod = TimeSpan.FromSeconds(1) });
        _publisher.Committed(_log.Batch(41, 5) with { Watermark = new GlobalSeq(45) });

        _publisher.Start(new Epoch(2), new GlobalSeq(40));

        Assert.Equal(41UL, (await NextAsync()).Batch!.First.Value);
        await SeesAsync(RecordedLog.Epoch, 45);
    }

    [Fact]
    public async Task Watermarks_go_on_while_an_item_hangs()
    {
        var never = new TaskCompletionSource();
        _stream = notice => notice.Batch is null ? Task.CompletedTask : never.Task;
        Start(new PublisherOptions { Content = PublishedContent.Records, WatermarkPeriod = TimeSpan.FromSeconds(1) });
        _publisher!.Committed(_log.Batch(41, 5) with { Watermark = new GlobalSeq(45) });
        await Until.TrueAsync(() => _isPublishing, "the item hangs");

        await SeesAsync(RecordedLog.Epoch, 45);
        never.SetResult();
    }

    [Fact]
    public void An_item_ends_exactly_at_its_limits_and_at_another_epoch()
    {
        int size = _log.Batch(1, 1).Records.Length;
        int fit = PublisherOptions.MaxItemBytes / size;
        Assert.True(fit > PublisherOptions.MaxItemEvents, "these records fill an item by their number");
        Assert.Equal([256, 1], Packed(_log.Batch(1, 257)));
        Assert.Equal([256], Packed(_log.Batch(1, 256)));
        Assert.Equal([3, 2], Packed(_log.Batch(1, 3), _log.Batch(4, 2) with { Epoch = new Epoch(9) }));
        Assert.Equal([5], Packed(_log.Batch(1, 3), _log.Batch(4, 2)));
    }

    [Fact]
    public void An_item_holds_exactly_its_bytes_and_a_larger_record_goes_alone()
    {
        var quarter = OfSize(PublisherOptions.MaxItemBytes / 4);

        Assert.Equal([4, 1], Packed([.. Enumerable.Range(1, 5).Select(seq => quarter with { First = new GlobalSeq((ulong)seq) })]));
        var one = OfSize((PublisherOptions.MaxItemBytes / 4) + 1);
        Assert.Equal([3, 1], Packed([.. Enumerable.Range(1, 3).Select(seq => quarter with { First = new GlobalSeq((ulong)seq) }), one with { First = new GlobalSeq(4) }]));
        var huge = OfSize(PublisherOptions.MaxItemBytes * 2);
        Assert.Equal([1, 1, 1], Packed(quarter with { First = new GlobalSeq(1) }, huge with { First = new GlobalSeq(2) }, quarter with { First = new GlobalSeq(3) }));
    }

    [Fact]
    public void An_item_states_the_watermark_of_its_newest_commit()
    {
        var packer = new ItemPacker();
        packer.Add(_log.Batch(1, 2) with { Watermark = new GlobalSeq(2) }, _ => Assert.Fail("it is not full"));
        packer.Add(_log.Batch(3, 2) with { Watermark = new GlobalSeq(8) }, _ => Assert.Fail("it is not full"));

        var item = packer.TakeRest()!;

        Assert.Equal((new GlobalSeq(8), new GlobalSeq(8), RecordedLog.Epoch), (item.Watermark, item.Batch!.Watermark, item.Epoch));
        Assert.Null(packer.TakeRest());
        var early = new ItemPacker();
        early.Add(_log.Batch(1, 2) with { Watermark = new GlobalSeq(1) }, _ => Assert.Fail("it is not full"));
        Assert.Contains("INV-83", Assert.ThrowsAny<Exception>(early.TakeRest).Message, StringComparison.Ordinal);
    }

    async Task ILogStream.PublishAsync(LogNotice notice)
    {
        _isPublishing = true;
        await _stream(notice);
        _published.Writer.TryWrite(notice);
    }

    public async ValueTask DisposeAsync()
    {
        await (_publisher?.DisposeAsync() ?? default);
        _meter.Dispose();
        _measured.Dispose();
        _lines.Dispose();
    }

    /// <summary>A commit of one record, with its length and CRC exactly this long.</summary>
    private static SequencedBatch OfSize(int bytes)
    {
        int detail = bytes;
        SequencedBatch commit;
        do
        {
            commit = Large(detail--);
        }
        while (commit.Records.Length > bytes);

        Assert.Equal(bytes, commit.Records.Length);
        return commit;
    }

    private static SequencedBatch Large(int detailBytes)
    {
        var lane = LaneId.Of("test");
        var batch = new EventBatch(lane);
        batch.Add(new LogEvent.TxIngestDropped(default, DropReason.LogUnavailable, "l", "q", 0, 0, 1, default, new string('x', detailBytes), default), RecordMeta.Fact(lane, 1, default, default));
        return new(RecordedLog.Epoch, new GlobalSeq(1), 1, new GlobalSeq(1_000), batch.Records);
    }

    private static int[] Packed(params SequencedBatch[] commits)
    {
        var packer = new ItemPacker();
        var items = new List<LogNotice>();
        foreach (var commit in commits)
        {
            packer.Add(commit, items.Add);
        }

        if (packer.TakeRest() is { } rest)
        {
            items.Add(rest);
        }

        ulong next = commits[0].First.Value;
        foreach (var item in items)
        {
            Assert.Equal(next, item.Batch!.First.Value);
            next += (ulong)item.Batch.Count;
        }

        return [.. items.Select(item => item.Batch!.Count)];
    }

    private LogPublisher Create(PublisherOptions? options) => new(
        s_chain, this, options ?? new PublisherOptions { Content = PublishedContent.Records, WatermarkPeriod = TimeSpan.FromSeconds(10) }, _meter, _time, _lines.For<LogPublisher>());

    private void Start(PublisherOptions? options = null)
    {
        _publisher = Create(options);
        _publisher.Start(new Epoch(2), new GlobalSeq(40));
    }

    private async Task<LogNotice> NextAsync() => await _published.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Reads items with exactly these positions.</summary>
    private async Task ReadAsync(ulong first, ulong last)
    {
        while (first <= last)
        {
            var item = await NextAsync();
            Assert.Equal(first, item.Batch!.First.Value);
            first = item.Batch.Last.Value + 1;
        }

        Assert.Equal(last + 1, first);
    }

    /// <summary>Advances the time until this watermark is published alone.</summary>
    private Task SeesAsync(Epoch epoch, ulong watermark) => Until.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _published.Reader.TryRead(out var notice) && (notice.Epoch, notice.Watermark, notice.Batch) == (epoch, new GlobalSeq(watermark), null);
        },
        "the watermark");
}
