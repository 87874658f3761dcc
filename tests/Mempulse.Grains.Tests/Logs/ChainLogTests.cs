using Mempulse.Canon.Appending;
using Mempulse.Folding.Following;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Testing.Logs;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Logs;

public sealed class ChainLogTests
{
    private readonly SimulatedFileSystem _disk = new(seed: 7);

    [Fact]
    public async Task A_batch_is_appended_once_however_often_it_is_repeated()
    {
        await using var log = new TestLog(_disk);
        var batch = TestLog.Sightings(1, 10);

        var first = await log.Log.AppendAsync(batch, AcknowledgeOn.Pool);
        var again = await log.Log.AppendAsync(batch, AcknowledgeOn.Pool);

        Assert.Equal((AppendOutcome.Durable, 10, 0), (first.Outcome, first.Appended, first.Duplicates));
        Assert.Equal((AppendOutcome.Durable, 0, 10), (again.Outcome, again.Appended, again.Duplicates));
        Assert.Equal(10UL, log.Log.LastSequence(TestLog.Lane)!.Value.LocalSeq);
    }

    [Fact]
    public async Task An_acknowledged_batch_that_is_never_published_still_reaches_a_follower()
    {
        // The fault between append and publish: the stream accepts nothing.
        await using var log = new TestLog(_disk) { OnPublish = _ => Task.FromException(new TimeoutException("the stream is gone")) };
        using var follower = new LogFollower(
            log.Log.Reader, GlobalSeq.None, new FollowerOptions { SilencePatience = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);

        var answer = await log.Log.AppendAsync(TestLog.Sightings(1, 100), AcknowledgeOn.Pool);

        Assert.Equal(AppendOutcome.Durable, answer.Outcome);
        var digest = new OrderedDigest();
        while (follower.Last < answer.Last)
        {
            digest.Add(await follower.NextAsync(TestContext.Current.CancellationToken));
        }

        var straight = new OrderedDigest();
        straight.Add(log.Log.Reader.Read(new GlobalSeq(1), 1 << 20)!);
        Assert.Equal(straight.Value, digest.Value);
    }

    [Fact]
    public async Task Only_durable_records_are_published()
    {
        var early = new List<LogNotice>();
        await using var log = new TestLog(_disk);
        log.OnPublish = notice =>
        {
            if (notice.Watermark > log.Log.Reader.Watermark || notice.Batch?.Last > log.Log.Reader.Watermark)
            {
                early.Add(notice);
            }

            return Task.CompletedTask;
        };

        for (ulong first = 1; first < 2_000; first += 100)
        {
            await log.Log.AppendAsync(TestLog.Sightings(first, 100), AcknowledgeOn.Pool);
        }

        Assert.Empty(early);
    }

    [Fact]
    public async Task A_second_writer_takes_over_and_the_first_acknowledges_nothing_more()
    {
        await using var first = new TestLog(_disk);
        await first.Log.AppendAsync(TestLog.Sightings(1, 10), AcknowledgeOn.Pool);
        _disk.LoseLocks();

        await using var second = new TestLog(_disk);
        var refused = await first.Log.AppendAsync(TestLog.Sightings(11, 10), AcknowledgeOn.Pool);
        var taken = await second.Log.AppendAsync(TestLog.Sightings(11, 10), AcknowledgeOn.Pool);

        Assert.Equal(AppendOutcome.Unavailable, refused.Outcome);
        Assert.NotEmpty(refused.Detail);
        Assert.Equal(LogState.Failed, first.Log.ReadStatus().State);
        Assert.Equal((AppendOutcome.Durable, 11UL, 20UL), (taken.Outcome, taken.First.Value, taken.Last.Value));
    }

    [Fact]
    public async Task A_full_disk_refuses_and_the_store_continues_when_there_is_room()
    {
        await using var log = new TestLog(_disk, segmentSizeBytes: 128 << 10);
        _disk.CapacityBytes = _disk.UsedBytes;
        ulong next = 1;
        AppendAnswer answer;
        do
        {
            answer = await log.Log.AppendAsync(TestLog.Sightings(next, 200), AcknowledgeOn.Pool);
            next += answer.Outcome == AppendOutcome.Durable ? 200UL : 0;
        }
        while (answer.Outcome == AppendOutcome.Durable && next < 100_000);

        Assert.Equal(AppendOutcome.NoRoom, answer.Outcome);
        Assert.Equal(LogState.NoRoom, log.Log.ReadStatus().State);

        _disk.CapacityBytes = long.MaxValue;
        await Testing.Waiting.Until.TrueAsync(
            async () => (await log.Log.AppendAsync(TestLog.Sightings(next, 200), AcknowledgeOn.Pool)).Outcome == AppendOutcome.Durable, "the log takes appends again");
        Assert.Equal(LogState.Writable, log.Log.ReadStatus().State);
        Assert.Equal(next + 199, log.Log.Reader.Watermark.Value);
    }

    [Theory]
    [InlineData(PathState.Denied)]
    [InlineData(PathState.Missing)]
    public async Task A_log_out_of_reach_says_so_with_the_reason_and_is_writable_again_by_itself(PathState state)
    {
        await using var log = new TestLog(_disk, segmentSizeBytes: 128 << 10);
        _disk.Paths = state;
        ulong next = 1;
        AppendAnswer answer;
        do
        {
            answer = await log.Log.AppendAsync(TestLog.Sightings(next, 200), AcknowledgeOn.Pool);
            next += answer.Outcome == AppendOutcome.Durable ? 200UL : 0;
        }
        while (answer.Outcome == AppendOutcome.Durable && next < 100_000);

        Assert.Equal((AppendOutcome.NoRoom, LogState.Unreachable), (answer.Outcome, log.Log.ReadStatus().State));
        Assert.Equal(answer.Detail, log.Log.ReadStatus().Detail);
        Assert.Equal(1, log.Measured.Sum("mempulse_log_refused_batches{chain=1}"));

        _disk.Paths = PathState.Reachable;
        await Testing.Waiting.Until.TrueAsync(
            async () => (await log.Log.AppendAsync(TestLog.Sightings(next, 200), AcknowledgeOn.Pool)).Outcome == AppendOutcome.Durable, "the log takes appends again");
        Assert.Equal((LogState.Writable, string.Empty), (log.Log.ReadStatus().State, log.Log.ReadStatus().Detail));
    }

    [Fact]
    public async Task What_is_appended_and_repeated_is_counted_with_its_bytes_and_a_closed_log_is_unavailable()
    {
        await using var log = new TestLog(_disk, segmentSizeBytes: 128 << 10);
        var batch = TestLog.Sightings(1, 10);
        await log.Log.AppendAsync(batch, AcknowledgeOn.Pool);
        await log.Log.AppendAsync(batch, AcknowledgeOn.Pool);

        var status = log.Log.ReadStatus();
        Assert.Equal((10L, 10L, (long)batch.SizeBytes, 10UL), (status.Appended, status.Duplicates, status.DurableBytes, status.Watermark.Value));
        Assert.Equal((10, 10, 2), (log.Measured.Sum("mempulse_log_appended_events{chain=1}"), log.Measured.Sum("mempulse_log_duplicate_events{chain=1}"), log.Measured.Count("mempulse_log_append{chain=1}")));
        Assert.Equal(
            ["mempulse_log_damaged_places{chain=1} 0", "mempulse_log_disk_free{chain=1} 0", "mempulse_log_disk_size{chain=1} 0", $"mempulse_log_durable{{chain=1}} {batch.SizeBytes}", "mempulse_log_epoch{chain=1} 1", "mempulse_log_watermark{chain=1} 10", "mempulse_log_writable{chain=1} 1"],
            log.Measured.ReadGauges());
        var closed = new TestLog(new SimulatedFileSystem(seed: 8));
        await closed.DisposeAsync();
        Assert.Equal(AppendOutcome.Unavailable, (await closed.Log.AppendAsync(TestLog.Sightings(1, 1), AcknowledgeOn.Pool)).Outcome);
    }
}
