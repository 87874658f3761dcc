using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Canon.Tests;

/// <summary>The next segment's file is prepared ahead of each roll, again and again; and refusals end exactly when their pause does.</summary>
public sealed class PreparationTests
{
    private const int PerBatch = 300;
    private const long SizeBytes = 64 << 10;

    private readonly SimulatedFileSystem _disk = new(1);

    private string[] Prepared => [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentPreparer.Extension, StringComparison.Ordinal))];

    [Fact]
    public void A_roll_onto_a_prepared_file_allocates_nothing_every_time()
    {
        var log = SyncLog.Open(_disk);
        log.AppendNext(PerBatch);
        for (int roll = 0; roll < 4; roll++)
        {
            log.PrepareNext();
            var calls = new List<DiskCallKind>();
            _disk.Faults = call =>
            {
                calls.Add(call.Kind);
                return DiskFault.None;
            };
            int before = log.Session.State.Segments.Count;
            while (log.Session.State.Segments.Count == before)
            {
                log.AppendNext(PerBatch);
            }

            _disk.Faults = _ => DiskFault.None;
            Assert.DoesNotContain(DiskCallKind.Allocate, calls);
            Assert.DoesNotContain(DiskCallKind.Create, calls);
            Assert.Empty(Prepared);
        }

        ModelLog.AssertHolds(log.Reader, log.Watermark);
    }

    [Fact]
    public async Task An_open_log_prepares_the_next_file_after_every_roll()
    {
        using var log = EventLog.Open(SyncLog.Options(_disk));
        for (int roll = 0; roll < 4; roll++)
        {
            await Until.TrueAsync(() => Prepared.Length == 1, "the next file is ready");
            int before = log.Session.State.Segments.Count;
            while (log.Session.State.Segments.Count == before)
            {
                await log.AppendAsync(Batches.Seen(SyncLog.Lane, log.Watermark.Value + 1, PerBatch), CancellationToken.None);
            }
        }
    }

    [Fact]
    public void A_ready_file_serves_a_request_up_to_its_size_and_a_larger_request_gets_another_one()
    {
        var preparer = new SegmentPreparer(_disk, SyncLog.Directory, new Epoch(7), SizeBytes);
        preparer.Prepare();

        Assert.Equal(SizeBytes, preparer.Take(1).SizeBytes);
        Assert.Equal(SizeBytes, preparer.Take(SizeBytes).SizeBytes);
        long calls = _disk.Calls;
        preparer.Prepare();
        Assert.Equal(calls, _disk.Calls); // it is ready

        var larger = preparer.Take(SizeBytes + 1);
        Assert.Equal((SizeBytes + 1, SizeBytes + 1), (larger.SizeBytes, _disk.ReadAllBytes(larger.Path).Length));
        Assert.Equal(["0000000007.next"], Prepared);
        preparer.Prepare();
        Assert.Equal(larger, preparer.Take(1));
    }

    [Fact]
    public void A_file_that_is_used_or_discarded_is_made_anew()
    {
        var preparer = new SegmentPreparer(_disk, SyncLog.Directory, new Epoch(7), SizeBytes);
        foreach (var release in (Action[])[preparer.Used, preparer.Discard])
        {
            var taken = preparer.Take(1);
            using (var file = _disk.Open(taken.Path, FileUse.Write))
            {
                file.Write([1, 2, 3], 0);
            }

            release();

            Assert.False(_disk.ReadAllBytes(preparer.Take(1).Path).AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void A_full_disk_leaves_no_part_of_a_file_and_what_is_prepared_is_on_the_device()
    {
        var preparer = new SegmentPreparer(_disk, SyncLog.Directory, new Epoch(7), SizeBytes);
        _disk.CapacityBytes = _disk.UsedBytes + SizeBytes - 1;
        Assert.Throws<DiskFullException>(preparer.Prepare);
        Assert.Empty(Prepared);

        _disk.CapacityBytes = _disk.UsedBytes + SizeBytes;
        string path = preparer.Take(1).Path;
        _disk.SyncDirectory(SyncLog.Directory);
        _disk.LosePower();
        Assert.Equal(SizeBytes, _disk.ReadAllBytes(path).Length);
    }

    [Fact]
    public void An_opening_deletes_what_former_epochs_prepared_and_nothing_of_a_later_one()
    {
        SyncLog.Open(_disk).Close(); // epoch 1; the next one is 2
        string[] names = ["0000000001.next", "0000000002.next", "0000000003.next", "other.next", "0000000001.next.bak"];
        foreach (string name in names)
        {
            _disk.Create(Path.Combine(SyncLog.Directory, name)).Dispose();
        }

        SyncLog.Open(_disk).Close();

        Assert.Equal(names[2..], _disk.List(SyncLog.Directory).Where(names.Contains).OrderBy(name => Array.IndexOf(names, name)));
    }

    [Fact]
    public void Refusals_end_exactly_when_the_pause_since_the_first_one_is_over()
    {
        var time = new FakeTimeProvider();
        var pause = new RefusalPause(time, TimeSpan.FromSeconds(1));
        for (int round = 0; round < 2; round++)
        {
            pause.Check();
            pause.Begin(new LogFullException("full"));
            time.Advance(TimeSpan.FromMilliseconds(600));
            Assert.Throws<LogFullException>(pause.Check);
            pause.Begin(new LogUnreachableException("a refusal within the pause does not prolong it"));
            time.Advance(TimeSpan.FromMilliseconds(399));
            Assert.Throws<LogFullException>(pause.Check);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        pause.Check();
    }

    [Fact]
    public void A_full_disk_is_asked_again_only_after_the_pause()
    {
        var time = new FakeTimeProvider();
        var log = new SyncLog(new EventLogOptions
        {
            Directory = SyncLog.Directory, Chain = new ChainId(1), SegmentSizeBytes = SizeBytes, Files = _disk, Time = time, FullRetryInterval = TimeSpan.FromSeconds(1),
        });
        log.AppendNext(PerBatch);
        _disk.Faults = call => call.Kind == DiskCallKind.Write ? DiskFault.NoSpace : DiskFault.None;
        Assert.Throws<LogFullException>(() => log.AppendNext(1));
        long calls = _disk.Calls;
        _disk.Faults = _ => DiskFault.None;

        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Throws<LogFullException>(() => log.AppendNext(1));
        Assert.Equal(calls, _disk.Calls);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new GlobalSeq(PerBatch + 1), log.AppendNext(1).Last);
        ModelLog.AssertHolds(log.Reader, log.Watermark);
    }
}
