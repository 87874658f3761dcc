using System.Collections.Concurrent;
using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Primitives;
using Mempulse.Testing.Logs;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Publishing;

public sealed class LogPublisherTests
{
    [Fact]
    public void Items_have_at_most_256_events_and_64_KiB_and_omit_nothing()
    {
        var log = new RecordedLog(5_000) { Watermark = new GlobalSeq(5_000) };
        var packer = new ItemPacker();
        var items = new List<LogNotice>();

        packer.Add(log.Batch(1, 10), items.Add);
        packer.Add(log.Batch(11, 4_990), items.Add);
        items.Add(packer.TakeRest()!);

        Assert.All(items, item => Assert.InRange(item.Batch!.Count, 1, PublisherOptions.MaxItemEvents));
        Assert.All(items, item => Assert.InRange(item.Batch!.Records.Length, 1, PublisherOptions.MaxItemBytes));
        var digest = new OrderedDigest();
        items.ForEach(item => digest.Add(item.Batch!));
        Assert.Equal(log.Replay(), digest.Value);
    }

    [Fact]
    public void A_commit_that_is_not_consecutive_begins_a_new_item()
    {
        var log = new RecordedLog(100) { Watermark = new GlobalSeq(100) };
        var packer = new ItemPacker();
        var items = new List<LogNotice>();

        packer.Add(log.Batch(1, 10), items.Add);
        packer.Add(log.Batch(21, 10), items.Add);
        items.Add(packer.TakeRest()!);

        Assert.Equal([1UL, 21UL], items.Select(item => item.Batch!.First.Value));
    }

    [Fact]
    public async Task A_stalled_stream_does_not_delay_the_log()
    {
        var never = new TaskCompletionSource();
        var log = new TestLog(new SimulatedFileSystem(seed: 3)) { OnPublish = _ => never.Task };
        ulong next = 1;
        while (log.Publisher.DroppedEvents == 0)
        {
            await log.Log.AppendAsync(TestLog.Sightings(next, 1_000), AcknowledgeOn.Pool);
            next += 1_000;
        }

        Assert.Equal(next - 1, log.Log.Reader.Watermark.Value);
        never.SetResult();
        await log.DisposeAsync();
    }

    [Fact]
    public async Task The_stream_carries_only_watermarks_unless_records_are_enabled()
    {
        var published = new ConcurrentQueue<LogNotice>();
        await using var log = new TestLog(new SimulatedFileSystem(seed: 3), content: PublishedContent.Watermarks);
        log.OnPublish = notice =>
        {
            published.Enqueue(notice);
            return Task.CompletedTask;
        };

        await log.Log.AppendAsync(TestLog.Sightings(1, 5), AcknowledgeOn.Pool);

        await Until.TrueAsync(() => published.Any(notice => notice.Watermark.Value == 5), "the watermark");
        Assert.All(published, notice => Assert.Null(notice.Batch));
    }

    [Fact]
    public async Task The_watermark_is_published_even_without_new_records()
    {
        var notices = new ConcurrentQueue<LogNotice>();
        await using var log = new TestLog(new SimulatedFileSystem(seed: 3));
        log.OnPublish = notice =>
        {
            notices.Enqueue(notice);
            return Task.CompletedTask;
        };
        await log.Log.AppendAsync(TestLog.Sightings(1, 5), AcknowledgeOn.Pool);

        await Until.TrueAsync(() => notices.Any(notice => notice.Batch is null && notice.Watermark.Value == 5), "the watermark alone");
    }
}
