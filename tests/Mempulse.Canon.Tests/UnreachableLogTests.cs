using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>A log whose directory or device cannot be reached refuses appends and resumes by itself; only a failed sync is final.</summary>
public sealed class UnreachableLogTests : IDisposable
{
    private const int PerBatch = 300;

    private readonly string _parent = Directory.CreateTempSubdirectory("canon-").FullName;

    public static TheoryData<DiskCallKind, string> CallsOfARoll => new()
    {
        { DiskCallKind.Create, SegmentPreparer.Extension },
        { DiskCallKind.Delete, SegmentPreparer.Extension },
        { DiskCallKind.Allocate, SegmentPreparer.Extension },
        { DiskCallKind.Write, SegmentPreparer.Extension },
        { DiskCallKind.Sync, SegmentPreparer.Extension },
        { DiskCallKind.Rename, SegmentName.Extension },
        { DiskCallKind.Write, SegmentName.Extension },
    };

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Theory]
    [InlineData(PathState.Denied)]
    [InlineData(PathState.Missing)]
    public void Paths_that_are_gone_for_a_while_refuse_appends_from_the_next_roll_on_and_nothing_acknowledged_is_lost(PathState paths)
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        var acknowledged = log.AppendNext(PerBatch).Last;
        disk.Paths = paths;
        int refused = 0;
        for (int batch = 0; batch < 10; batch++)
        {
            acknowledged = TryAppend(log, ref refused);
        }

        Assert.InRange(refused, 5, 10);
        disk.Paths = PathState.Reachable;

        Assert.Equal(acknowledged.Next, log.AppendNext(PerBatch).First);
        AssertWhole(disk, log.Watermark);
    }

    [Theory]
    [MemberData(nameof(CallsOfARoll))]
    public void A_call_that_fails_again_and_again_refuses_appends_until_it_works(DiskCallKind kind, string extension)
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        log.AppendNext(PerBatch);
        disk.Faults = call => call.Kind == kind && call.Path.EndsWith(extension, StringComparison.Ordinal) ? DiskFault.Error : DiskFault.None;
        int refused = 0;
        var acknowledged = GlobalSeq.None;
        for (int batch = 0; batch < 10; batch++)
        {
            acknowledged = TryAppend(log, ref refused);
        }

        Assert.InRange(refused, 5, 10);
        disk.Faults = _ => DiskFault.None;

        Assert.Equal(acknowledged.Next, log.AppendNext(PerBatch).First);
        AssertWhole(disk, log.Watermark);
    }

    [Fact]
    public void A_failure_of_any_single_call_is_transient_unless_it_is_a_sync_of_the_log()
    {
        int passed = 0;
        int final = 0;
        long last = 0;
        for (long failAt = 1; failAt <= last + 1; failAt++)
        {
            var disk = new SimulatedFileSystem((ulong)failAt);
            var log = SyncLog.Open(disk);
            long opened = disk.Calls;
            DiskCall? failed = null;
            disk.Faults = call =>
            {
                failed = call.Number == opened + failAt ? call : failed;
                return call.Number == opened + failAt ? DiskFault.Error : DiskFault.None;
            };
            try
            {
                for (int refused = 0; log.Watermark.Value < 8 * PerBatch;)
                {
                    TryAppend(log, ref refused);
                    Assert.InRange(refused, 0, 1);
                }

                passed++;
            }
            catch (SyncFailedException)
            {
                Assert.True(failed!.Value.Kind is DiskCallKind.Sync or DiskCallKind.SyncDirectory, $"{failed}");
                final++;
            }

            last = Math.Max(last, disk.Calls - opened);
            disk.Faults = _ => DiskFault.None;
            AssertWhole(disk, log.Watermark);
        }

        Assert.InRange(passed, 20, 1_000);
        Assert.InRange(final, 5, 1_000);
    }

    [Fact]
    public void A_log_that_another_writer_has_opened_since_is_not_continued()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        log.AppendNext(PerBatch);
        disk.Paths = PathState.Denied;
        int refused = 0;
        while (refused == 0)
        {
            TryAppend(log, ref refused);
        }

        disk.Paths = PathState.Reachable;
        disk.LoseLocks();
        var successor = SyncLog.Open(disk, log.Watermark);
        var recovered = successor.Watermark;

        Assert.Throws<LogFencedException>(() => log.AppendNext(PerBatch));
        Assert.Equal(recovered, log.Watermark);
        successor.AppendNext(PerBatch);
        AssertWhole(disk, successor.Watermark);
    }

    [Fact]
    public void A_directory_that_was_moved_and_replaced_by_another_log_gets_nothing_until_the_first_one_is_back()
    {
        string place = Path.Combine(_parent, "log");
        string aside = Path.Combine(_parent, "aside");
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var log = new SyncLog(RealOptions(place, clock));
        log.AppendNext(10);
        Directory.Move(place, aside);
        new SyncLog(RealOptions(place, clock)).Close();
        string[] before = Directory.GetFiles(place);
        clock.Advance(TimeSpan.FromSeconds(2));

        var refused = Assert.Throws<LogUnreachableException>(() => log.AppendNext(10));

        Assert.Contains("moved, unmounted or deleted", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(place));
        Directory.Delete(place, recursive: true);
        Assert.Throws<LogUnreachableException>(() => log.AppendNext(10));
        Directory.Move(aside, place);
        Assert.Equal(new GlobalSeq(20), log.AppendNext(10).Last);
        log.Close();
        ModelLog.AssertHolds(LogDirectory.OpenRead(place), new GlobalSeq(20));
    }

    [Fact]
    public void A_roll_puts_nothing_into_a_directory_that_took_the_place_of_the_logs_a_moment_ago()
    {
        string place = Path.Combine(_parent, "log");
        string aside = Path.Combine(_parent, "aside");
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var log = new SyncLog(RealOptions(place, clock));
        log.AppendNext(PerBatch); // looks at the place; the next look is a second away
        Directory.Move(place, aside);
        new SyncLog(RealOptions(place, clock)).Close();
        string[] before = Directory.GetFiles(place);
        int refused = 0;
        while (refused == 0)
        {
            TryAppend(log, ref refused); // until a frame does not fit
        }

        Assert.Equal(before, Directory.GetFiles(place));
        var acknowledged = log.Watermark;
        Directory.Delete(place, recursive: true);
        Directory.Move(aside, place);
        Assert.Equal(acknowledged.Next, log.AppendNext(PerBatch).First);
        log.Close();
        ModelLog.AssertHolds(LogDirectory.OpenRead(place), acknowledged.Plus(PerBatch));
    }

    private static EventLogOptions RealOptions(string directory, TimeProvider time) => new()
    {
        Directory = directory,
        Chain = new ChainId(1),
        SegmentSizeBytes = 64 << 10,
        FullRetryInterval = TimeSpan.Zero,
        Time = time,
    };

    private static GlobalSeq TryAppend(SyncLog log, ref int refused)
    {
        var before = log.Watermark;
        try
        {
            return log.AppendNext(PerBatch).Last;
        }
        catch (LogUnreachableException)
        {
            refused++;
            Assert.Equal(before, log.Watermark);
            return before;
        }
    }

    private static void AssertWhole(SimulatedFileSystem disk, GlobalSeq acknowledged)
    {
        disk.LosePower();
        Assert.Empty(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).Damage);
        ModelLog.AssertHolds(SyncLog.Open(disk, acknowledged).Reader, acknowledged);
    }
}
