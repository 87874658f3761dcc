using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Two writers at once, one of them paused at any call, never fork the log.</summary>
public sealed class FencingTests
{
    [Fact]
    public void A_second_writer_is_refused_while_the_first_holds_the_lock()
    {
        var disk = new SimulatedFileSystem(1);
        SyncLog.Open(disk);

        Assert.Throws<LogLockedException>(() => SyncLog.Open(disk));
    }

    [Fact]
    public async Task A_refused_caller_reads_the_failure_from_the_log()
    {
        var disk = new SimulatedFileSystem(1);
        using var first = EventLog.Open(SyncLog.Options(disk));
        disk.LoseLocks();
        using var second = EventLog.Open(SyncLog.Options(disk));
        var isWaiting = new TaskCompletionSource();
        disk.Faults = _ => isWaiting.Task.IsCompletedSuccessfully || isWaiting.Task.Wait(Timeout.Infinite) ? DiskFault.None : DiskFault.Error;

        var refused = FailureFoundAsync(first.AppendAsync, () => first.Failure);
        isWaiting.SetResult();

        Assert.IsType<LogFencedException>(await refused);
    }

    [Fact]
    public void A_writer_whose_next_file_its_successor_deleted_says_that_it_is_fenced()
    {
        var disk = new SimulatedFileSystem(1);
        var former = SyncLog.Open(disk);
        former.Session.Preparer.Prepare();
        disk.LoseLocks();
        SyncLog.Open(disk);
        former.Session.Roll.Current.Seal(); // nothing fits, so the next batch needs the prepared file

        Assert.Throws<LogFencedException>(() => former.AppendNext(10));
    }

    [Fact]
    public void A_former_writer_on_a_full_device_says_that_it_is_fenced()
    {
        var disk = new SimulatedFileSystem(1);
        var former = SyncLog.Open(disk);
        disk.LoseLocks();
        SyncLog.Open(disk);
        disk.Faults = static call => call.Kind == DiskCallKind.Write ? DiskFault.NoSpace : DiskFault.None;

        Assert.Throws<LogFencedException>(() => former.AppendNext(10));
    }

    [Fact]
    public void A_writer_paused_at_any_call_acknowledges_nothing_after_a_takeover()
    {
        int takeovers = 0;
        for (long pauseAt = 1; TakeOverAt(pauseAt); pauseAt++)
        {
            takeovers++;
        }

        Assert.InRange(takeovers, 15, 1000);
    }

    [Fact]
    public void An_opener_paused_between_its_epoch_and_its_segment_cannot_undo_its_successor()
    {
        var disk = new SimulatedFileSystem(1);
        var first = SyncLog.Open(disk);
        first.AppendNext(50);
        disk.LoseLocks();
        SyncLog? successor = null;
        bool isPaused = false;
        disk.Faults = call =>
        {
            // The second opener has taken its epoch and read the log. Before it creates its segment, the first writer
            // writes another frame, and a third writer opens and appends.
            if (!isPaused && call.Kind == DiskCallKind.Create && call.Path.EndsWith(SegmentPreparer.Extension, StringComparison.Ordinal))
            {
                isPaused = true;
                disk.LoseLocks();
                Assert.Throws<LogFencedException>(() => first.AppendNext(7));
                successor = SyncLog.Open(disk);
                successor.AppendNext(30);
            }

            return DiskFault.None;
        };

        Assert.Throws<LogFencedException>(() => SyncLog.Open(disk));

        successor!.AppendNext(10);
        ModelLog.AssertHolds(successor.Reader, successor.Watermark);
        disk.LoseLocks();
        var last = SyncLog.Open(disk, successor.Watermark);
        ModelLog.AssertHolds(last.Reader, successor.Watermark);
        Assert.Empty(last.Report.Orphans);
    }

    /// <summary>Segments of the epochs 1, 2 and 3 begin at 1, 11 and 21, and 3 is the newest; a file of another first position or epoch lies beside them.</summary>
    [Theory]
    [InlineData(12, 2, true)] // the former writer rolled after the takeover
    [InlineData(11, 1, true)]
    [InlineData(30, 1, true)]
    [InlineData(10, 2, false)] // before its epoch's first segment: one that the log lost
    [InlineData(12, 3, false)] // of the writer that holds the log
    public void A_segment_that_no_header_refers_to_is_left_over_by_a_former_writer_or_else_damage(ulong first, ulong epoch, bool isOrphan)
    {
        var disk = new SimulatedFileSystem(1);
        for (int opening = 0; opening < 3; opening++)
        {
            var log = SyncLog.Open(disk);
            log.AppendNext(10);
            log.Close();
        }

        string path = Path.Combine(SyncLog.Directory, new SegmentName(new GlobalSeq(first), new Epoch(epoch)).FileName);
        using (var file = disk.Create(path))
        {
            file.Write(new SegmentHeader(Durability.Fsync, new ChainId(1), new Epoch(epoch), new GlobalSeq(first), null, []).Encode().Bytes, 0);
        }

        var report = LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None);

        Assert.Equal(isOrphan, report.IsSound);
        Assert.Equal(isOrphan ? [path] : [], report.Orphans);
        if (isOrphan)
        {
            ModelLog.AssertHolds(LogDirectory.OpenRead(SyncLog.Directory, disk), new GlobalSeq(30));
            Assert.Equal([path], SyncLog.Open(disk).Report.Orphans);
        }
        else
        {
            Assert.Throws<LogCorruptException>(() => SyncLog.Open(disk));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void An_epoch_holds_only_while_it_is_the_current_one(ulong current)
    {
        var fence = new EpochFence(new FixedEpoch(current), new Epoch(2));

        Assert.Equal(new Epoch(current), Assert.Throws<LogFencedException>(fence.Check).Current);
        new EpochFence(new FixedEpoch(2), new Epoch(2)).Check();
    }

    [Fact]
    public void A_writer_takes_an_epoch_above_every_segment_even_if_the_store_has_forgotten_them()
    {
        var disk = new SimulatedFileSystem(1);
        for (int opening = 0; opening < 3; opening++)
        {
            SyncLog.Open(disk).Close();
        }

        disk.Delete(Path.Combine(SyncLog.Directory, "EPOCH"));

        Assert.Equal(new Epoch(4), SyncLog.Open(disk).Report.Epoch);
    }

    [Fact]
    public void An_opener_whose_epoch_was_taken_by_another_one_is_fenced_and_leaves_the_log_as_it_is()
    {
        var disk = new SimulatedFileSystem(1);
        var log = SyncLog.Open(disk);
        log.AppendNext(10);
        log.Close();
        string[] before = [.. disk.List(SyncLog.Directory)];
        var options = SyncLog.Options(disk);

        var lost = Assert.Throws<LogFencedException>(() => new SyncLog(new EventLogOptions
        {
            Directory = options.Directory, Chain = options.Chain, SegmentSizeBytes = options.SegmentSizeBytes, Files = disk, EpochStore = new FixedEpoch(5),
        }));

        Assert.Equal(new Epoch(5), lost.Current);
        Assert.Equal(before, disk.List(SyncLog.Directory));
        SyncLog.Open(disk).Close(); // the lock was released
    }

    [Fact]
    public void A_duplicate_is_not_acknowledged_by_a_writer_that_lost_its_epoch()
    {
        var disk = new SimulatedFileSystem(1);
        var old = SyncLog.Open(disk);
        old.AppendNext(5);
        disk.LoseLocks();
        SyncLog.Open(disk);

        Assert.Throws<LogFencedException>(() => old.Append(Batches.Seen(SyncLog.Lane, 1, 5)));
    }

    [Fact]
    public void Each_opening_begins_a_new_segment_with_the_next_epoch()
    {
        var disk = new SimulatedFileSystem(1);
        for (ulong epoch = 1; epoch <= 3; epoch++)
        {
            var log = SyncLog.Open(disk);
            Assert.Equal(new Epoch(epoch), log.Report.Epoch);
            log.Close();
        }

        Assert.Equal(3, disk.List(SyncLog.Directory).Count(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_epoch_is_acquired_by_only_one_of_two_stores_and_survives_a_torn_write()
    {
        var disk = new SimulatedFileSystem(3);
        using var store = new FileEpochStore(disk, "/epochs");
        using var other = new FileEpochStore(disk, "/epochs");
        Assert.True(store.TryAdvance(new Epoch(0), new Epoch(1)));
        Assert.False(other.TryAdvance(new Epoch(0), new Epoch(1)));
        Assert.Equal(new Epoch(1), other.Current());

        disk.Faults = call => call.Kind == DiskCallKind.Write ? DiskFault.CrashDuring : DiskFault.None;
        Assert.Throws<SimulatedCrashException>(() => store.TryAdvance(new Epoch(1), new Epoch(2)));
        disk.Faults = _ => DiskFault.None;
        disk.LosePower();

        using var after = new FileEpochStore(disk, "/epochs");
        Assert.InRange(after.Current().Value, 1ul, 2ul);
    }

    /// <summary>The log's failure at the moment of the refusal: the caller continues on the writer's thread.</summary>
    private static async Task<Exception?> FailureFoundAsync(
        Func<EventBatch, AcknowledgeOn, CancellationToken, ValueTask<AppendResult>> append, Func<Exception?> failure)
    {
        try
        {
            await append(Batches.Seen(SyncLog.Lane, 1, 10), AcknowledgeOn.Writer, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (LogFencedException)
        {
            return failure();
        }
    }

    /// <summary>Runs an old writer up to a call, lets a new one take over and append, and then resumes the old one.</summary>
    /// <returns>False if the old writer finished before that call.</returns>
    private static bool TakeOverAt(long pauseAt)
    {
        var disk = new SimulatedFileSystem((ulong)pauseAt);
        var old = SyncLog.Open(disk);
        var takeover = new Takeover(disk, disk.Calls + pauseAt);
        disk.Faults = takeover.At;
        try
        {
            for (int batch = 0; batch < 6; batch++)
            {
                takeover.AcknowledgedByOld = old.AppendNext(300).Last;
                Assert.False(takeover.Happened, "The old writer acknowledged after the takeover.");
            }
        }
        catch (Exception error) when (error is LogFencedException or IOException)
        {
            Assert.True(takeover.Happened, error.Message);
        }

        if (takeover.Happened)
        {
            takeover.AssertWhole();
        }

        return takeover.Happened;
    }

    /// <summary>A new writer that takes over when the old one reaches a certain call.</summary>
    private sealed class Takeover(SimulatedFileSystem disk, long atCall)
    {
        private SyncLog? _successor;

        public bool Happened => _successor is not null;

        public GlobalSeq AcknowledgedByOld { get; set; }

        public DiskFault At(DiskCall call)
        {
            if (!Happened && call.Number == atCall)
            {
                disk.LoseLocks();
                _successor = SyncLog.Open(disk, AcknowledgedByOld);
                ModelLog.AssertHolds(_successor.Reader, AcknowledgedByOld);
                _successor.AppendNext(40);
                _successor.AppendNext(40);
            }

            return DiskFault.None;
        }

        public void AssertWhole()
        {
            var acknowledged = _successor!.AppendNext(1).Last;
            ModelLog.AssertHolds(_successor.Reader, acknowledged);
            _successor.Close();
            Assert.Empty(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).Damage);
            var again = SyncLog.Open(disk, acknowledged);
            ModelLog.AssertHolds(again.Reader, acknowledged);
            Assert.Equal(new LaneSequence(GlobalSeq.None, acknowledged.Value), again.Session.Lanes.LastDurable(SyncLog.Lane));
        }
    }

    /// <summary>A store in which another writer always is faster.</summary>
    private sealed class FixedEpoch(ulong current) : IEpochStore
    {
        public Epoch Current() => new(current);

        public bool TryAdvance(Epoch expected, Epoch successor) => false;
    }
}
