using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Logs;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Following;

/// <summary>The follower's patience to the tick, a reader that lags behind the offers, and the pages of a log that grows.</summary>
[SuppressMessage("Reliability", "CA2025:Ensure tasks using IDisposable instances complete before the instances are disposed", Justification = "Each test awaits its tasks before it disposes what they use.")]
public sealed class FollowerBoundaryTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _log = new(100);
    private readonly FollowerOptions _options = new();

    [Fact]
    public async Task Silence_lasts_exactly_its_patience()
    {
        using var follower = Follow();
        var next = NextAsync(follower);
        int reads = _log.Reads;
        _log.Watermark = new GlobalSeq(5);

        _time.Advance(_options.SilencePatience - s_tick);
        Assert.Equal(reads, _log.Reads);
        _time.Advance(s_tick);

        Assert.Equal(5UL, (await next).Last.Value);
        Assert.Equal((0, 1), (follower.ReadCounters().Stalls, follower.ReadCounters().Silences));
    }

    [Fact]
    public async Task A_stall_lasts_exactly_its_patience()
    {
        using var follower = Follow();
        follower.Offer(RecordedLog.Epoch, new GlobalSeq(5), null); // the reader still lags
        var next = NextAsync(follower);
        _log.Watermark = new GlobalSeq(5);

        _time.Advance(_options.StallPatience - s_tick);
        Assert.Equal((1, false), (_log.Reads, next.IsCompleted));
        _time.Advance(s_tick);

        Assert.Equal(5UL, (await next).Last.Value);
        Assert.Equal((1, 0), (follower.ReadCounters().Stalls, follower.ReadCounters().Silences));
    }

    [Fact]
    public async Task A_reader_that_lags_behind_an_offer_is_asked_again_once_after_the_stall_patience()
    {
        using var follower = Follow();
        follower.Offer(RecordedLog.Epoch, new GlobalSeq(30), Batch(21, 10, 30));
        var next = NextAsync(follower);
        _log.Watermark = new GlobalSeq(20);

        follower.Offer(RecordedLog.Epoch, new GlobalSeq(30), null);
        _time.Advance(_options.StallPatience - s_tick);
        Assert.Equal((1, false), (_log.Reads, next.IsCompleted));
        await AdvanceUntilAsync(next, s_tick);

        Assert.Equal((1UL, 2), ((await next).First.Value, _log.Reads));
        Assert.Equal(1, follower.ReadCounters().Stalls);
    }

    [Fact]
    public async Task A_page_that_does_not_start_where_it_was_asked_for_is_a_bug()
    {
        using var follower = new LogFollower(new WrongPages(_log), GlobalSeq.None, _options, _time);
        _log.Watermark = new GlobalSeq(50);

        var failure = await Assert.ThrowsAsync<InvariantBrokenException>(() => NextAsync(follower));

        Assert.Contains("INV-81", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GlobalSeq.None, follower.Last);
    }

    [Fact]
    public async Task The_watermark_is_the_highest_that_was_offered_read_or_delivered()
    {
        using var follower = Follow();
        follower.Offer(RecordedLog.Epoch, new GlobalSeq(20), null);
        follower.Offer(RecordedLog.Epoch, new GlobalSeq(10), null);
        Assert.Equal(20UL, follower.Watermark.Value);

        _log.Watermark = new GlobalSeq(30);
        await NextAsync(follower);
        Assert.Equal(30UL, follower.Watermark.Value);
        follower.Offer(new Epoch(RecordedLog.Epoch.Value - 1), new GlobalSeq(90), null); // of a fenced writer
        Assert.Equal(30UL, follower.Watermark.Value);
    }

    [Fact]
    public async Task An_offer_that_ends_at_the_last_position_is_a_duplicate_and_one_that_ends_after_it_is_not()
    {
        _log.Watermark = new GlobalSeq(10);
        using var follower = Follow();
        await NextAsync(follower);
        Assert.Equal(10UL, follower.Last.Value);
        follower.Offer(RecordedLog.Epoch, new GlobalSeq(12), Batch(6, 5, 12));
        Assert.Equal(1, follower.ReadCounters().Duplicates);

        follower.Offer(RecordedLog.Epoch, new GlobalSeq(12), Batch(6, 6, 12));
        _log.Watermark = new GlobalSeq(12);
        var next = await NextAsync(follower);

        Assert.Equal((11UL, 1), (next.First.Value, next.Count));
        Assert.Equal((1, 11, 1), (follower.ReadCounters().Duplicates, follower.ReadCounters().Events, follower.ReadCounters().OfferedEvents));
    }

    [Fact]
    public async Task Pages_continue_one_scan_begin_another_for_a_jump_and_go_on_when_the_log_has_grown()
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = "/log", Chain = new ChainId(1), Files = new SimulatedFileSystem(seed: 3), SegmentSizeBytes = 1 << 20 });
        var facts = Facts.Pending(20);
        await log.AppendAsync(Facts.Part(facts, 0, 5), CancellationToken.None);
        await log.AppendAsync(Facts.Part(facts, 5, 5), CancellationToken.None);
        var counted = new CountingReader(log.Reader);
        using var pages = new LogPages(counted);

        Assert.Equal((1UL, 5UL), await ReadAsync(pages, 1));
        Assert.Equal((6UL, 10UL), await ReadAsync(pages, 6));
        Assert.Null(await ReadAsync(pages, 11));
        await log.AppendAsync(Facts.Part(facts, 10, 2), CancellationToken.None);
        Assert.Equal((11UL, 12UL), await ReadAsync(pages, 11));
        Assert.Equal(1, counted.Scans);

        Assert.Equal((4UL, 5UL), await ReadAsync(pages, 4));
        Assert.Equal((6UL, 10UL), await ReadAsync(pages, 6));
        Assert.Equal(2, counted.Scans);
    }

    [Fact]
    public async Task Commits_go_to_the_follower_that_was_attached_last()
    {
        var feed = new CommitFeed();
        feed.Committed(Batch(1, 2, 2)); // no follower yet: it reads these from the log
        using var first = Follow();
        using var second = Follow();
        feed.Attach(first);
        feed.Committed(Batch(3, 2, 4));
        feed.Attach(second);
        feed.Committed(Batch(5, 2, 6));

        Assert.Equal((4UL, 6UL), (first.Watermark.Value, second.Watermark.Value));
        _log.Watermark = new GlobalSeq(6);
        Assert.Equal(1UL, (await NextAsync(second)).First.Value);
    }

    private SequencedBatch Batch(ulong first, int count, ulong watermark)
    {
        var before = _log.Watermark;
        _log.Watermark = new GlobalSeq(watermark);
        var batch = _log.Batch(first, count);
        _log.Watermark = before;
        return batch;
    }

    private LogFollower Follow() => new(_log, GlobalSeq.None, _options, _time);

    private static Task<SequencedBatch> NextAsync(LogFollower follower) => follower.NextAsync(TestContext.Current.CancellationToken).AsTask();

    private static async Task<(ulong First, ulong Last)?> ReadAsync(LogPages pages, ulong first) =>
        await pages.ReadAsync(new GlobalSeq(first), CancellationToken.None) is { } page ? (page.First.Value, page.Last.Value) : null;

    private Task AdvanceUntilAsync(Task done, TimeSpan by) => Testing.Waiting.Until.TrueAsync(
        () =>
        {
            if (!done.IsCompleted)
            {
                _time.Advance(by);
            }

            return done.IsCompleted;
        },
        "the next page");

    private sealed class WrongPages(RecordedLog log) : ILogPages
    {
        public ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken) => log.ReadAsync(first.Next, cancellationToken);
    }

    private sealed class CountingReader(ILogReader inner) : ILogReader
    {
        public int Scans { get; private set; }

        public GlobalSeq Oldest => inner.Oldest;

        public GlobalSeq Watermark => inner.Watermark;

        public SequencedBatch? Read(GlobalSeq from, int maxBytes) => inner.Read(from, maxBytes);

        public LogScan Scan(GlobalSeq from)
        {
            Scans++;
            return inner.Scan(from);
        }

        public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit) => inner.Find(key, after, limit);
    }
}
