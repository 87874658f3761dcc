using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Logs;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Following;

public sealed class LogFollowerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _log = new(1000);
    private readonly FollowerOptions _options = new();

    [Fact]
    public async Task Starts_with_the_records_already_in_the_log()
    {
        _log.Watermark = new GlobalSeq(10);
        using var follower = Follow(after: 4);

        var batch = await NextAsync(follower);

        Assert.Equal((5UL, 6), (batch.First.Value, batch.Count));
    }

    [Fact]
    public async Task Delivers_offers_without_reading_the_log()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(30);
        int reads = _log.Reads;

        Offer(follower, 1, 10);
        Assert.Equal(10UL, (await NextAsync(follower)).Last.Value);
        Offer(follower, 11, 20);
        Assert.Equal(30UL, (await NextAsync(follower)).Last.Value);

        Assert.Equal(reads, _log.Reads);
    }

    [Fact]
    public async Task Consecutive_offers_are_delivered_together_up_to_a_size()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(30);

        Offer(follower, 1, 10);
        Offer(follower, 11, 20);

        var batch = await NextAsync(follower);
        Assert.Equal((1UL, 30), (batch.First.Value, batch.Count));
        Assert.Equal(_log.Batch(1, 30).Records.ToArray(), batch.Records.ToArray());
    }

    [Fact]
    public async Task An_offer_is_copied_and_stays_valid_until_the_next_page_is_read()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(40);
        byte[] memory = _log.Batch(1, 10).Records.ToArray();
        follower.Offer(RecordedLog.Epoch, _log.Watermark, _log.Batch(1, 10) with { Records = memory });
        Array.Clear(memory);

        var first = await NextAsync(follower);
        Offer(follower, 11, 10);
        Offer(follower, 31, 10);

        Assert.Equal(_log.Batch(1, 10).Records.ToArray(), first.Records.ToArray());
    }

    [Fact]
    public async Task Fills_a_hole_from_the_log_and_counts_it()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(30);

        Offer(follower, 21, 10);

        Assert.Equal(30UL, await DrainToAsync(follower, 30));
        Assert.Equal(1, follower.ReadCounters().Holes);
    }

    [Fact]
    public async Task Skips_the_known_records_of_an_offer_and_keeps_the_rest()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(30);

        Offer(follower, 1, 20);
        Offer(follower, 11, 5);
        Offer(follower, 11, 20);

        Assert.Equal(20UL, (await NextAsync(follower)).Last.Value);
        var rest = await NextAsync(follower);
        Assert.Equal((21UL, 10), (rest.First.Value, rest.Count));
        Assert.Equal(_log.Batch(21, 10).Records.ToArray(), rest.Records.ToArray());
    }

    [Fact]
    public async Task Reads_the_log_when_the_watermark_moves_and_no_offer_arrives()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(5);
        OfferWatermark(follower);

        var next = follower.NextAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(next.IsCompleted);
        await AdvanceUntilAsync(next, _options.StallPatience);

        Assert.Equal(5UL, (await next).Last.Value);
        Assert.Equal(1, follower.ReadCounters().Stalls);
    }

    [Fact]
    public async Task Reads_the_log_when_nothing_arrives()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(5);

        var next = follower.NextAsync(TestContext.Current.CancellationToken).AsTask();
        await AdvanceUntilAsync(next, _options.SilencePatience);

        Assert.Equal(5UL, (await next).Last.Value);
        Assert.Equal(1, follower.ReadCounters().Silences);
    }

    [Fact]
    public async Task Repeated_watermarks_do_not_delay_recovery_from_a_stall()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(5);
        OfferWatermark(follower);
        var next = follower.NextAsync(TestContext.Current.CancellationToken).AsTask();

        for (int tick = 0; tick < 20 && !next.IsCompleted; tick++)
        {
            _time.Advance(_options.StallPatience / 10);
            OfferWatermark(follower);
            await Task.Yield();
        }

        Assert.Equal(5UL, (await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Last.Value);
    }

    [Fact]
    public async Task Offers_of_a_fenced_writer_are_ignored()
    {
        using var follower = await FollowFromTheStartAsync();
        _log.Watermark = new GlobalSeq(20);
        Offer(follower, 1, 10);
        var bogus = _log.Batch(500, 10) with { First = new GlobalSeq(11) };

        follower.Offer(new Epoch(2), new GlobalSeq(20), bogus);
        Offer(follower, 11, 10);

        Assert.Equal(_log.Batch(1, 20).Records.ToArray(), (await NextAsync(follower)).Records.ToArray());
        Assert.Equal(1, follower.ReadCounters().StaleEpochs);
    }

    [Fact]
    public async Task A_slow_consumer_reads_the_rest_from_the_log()
    {
        var small = new FollowerOptions { BufferBytes = 64 << 10 };
        using var follower = await FollowFromTheStartAsync(small);
        _log.Watermark = new GlobalSeq(1000);
        for (ulong first = 1; first < 1000; first += 100)
        {
            Offer(follower, first, 100);
        }

        Assert.Equal(1000UL, await DrainToAsync(follower, 1000));
        Assert.True(follower.ReadCounters().Overflows > 0);
    }

    private void Offer(LogFollower follower, ulong first, int count) => follower.Offer(RecordedLog.Epoch, _log.Watermark, _log.Batch(first, count));

    private void OfferWatermark(LogFollower follower) => follower.Offer(RecordedLog.Epoch, _log.Watermark, null);

    private LogFollower Follow(ulong after, FollowerOptions? options = null) =>
        new(_log, new GlobalSeq(after), options ?? _options, _time);

    /// <summary>A follower that has found the log empty and waits for offers.</summary>
    private async Task<LogFollower> FollowFromTheStartAsync(FollowerOptions? options = null)
    {
        var follower = Follow(after: 0, options);
        using var cancel = new CancellationTokenSource();
        var first = follower.NextAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        return follower;
    }

    private static async Task<SequencedBatch> NextAsync(LogFollower follower) =>
        await follower.NextAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    private static async Task<ulong> DrainToAsync(LogFollower follower, ulong last)
    {
        while (follower.Last.Value < last)
        {
            await NextAsync(follower);
        }

        return follower.Last.Value;
    }

    private async Task AdvanceUntilAsync(Task done, TimeSpan by)
    {
        _time.Advance(by);
        await done.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
