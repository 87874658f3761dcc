using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>
/// A writer is paused at any call of any of its acts, and another one takes over and goes on. When the former writer resumes, the call
/// that it was paused in is done, and after that it changes nothing but files of its own epoch; the log of its successor is whole.
/// </summary>
public sealed class FormerWriterTests
{
    private const int PerBatch = 300;
    private const ulong Former = 4; // the epoch of the writer that is paused

    private static readonly string Checkpoints = Path.Combine(SyncLog.Directory, LogDirectory.CheckpointsName);

    /// <summary>What a writer does.</summary>
    public enum Act
    {
        Open,
        Append,
        Roll,
        DeleteOldSegments,
        WriteSnapshot,
        Close,
        PrepareIndexAndSyncMark,
    }

    public static TheoryData<Act> Acts => [.. Enum.GetValues<Act>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Resumed_after_a_takeover_it_does_the_call_that_it_was_paused_in_and_nothing_more(Act act)
    {
        int takeovers = 0;
        for (long pauseAt = 1; new Run(act, pauseAt).IsPaused(); pauseAt++)
        {
            takeovers++;
            Assert.True(takeovers < 1_000, "The act does not end.");
        }

        Assert.InRange(takeovers, 2, 1000);
    }

    [Fact]
    public void Resumed_after_a_takeover_the_first_writer_of_a_new_log_replaces_nothing_of_its_successors()
    {
        int takeovers = 0;
        bool isPaused = true;
        for (long pauseAt = 1; isPaused; pauseAt++)
        {
            var disk = new SimulatedFileSystem((ulong)pauseAt);
            SyncLog? successor = null;
            disk.Faults = call =>
            {
                bool isSet = call.Kind == DiskCallKind.Write && call.Path.EndsWith("EPOCH", StringComparison.Ordinal);
                if (successor is null && call.Number >= pauseAt && !isSet)
                {
                    disk.Faults = _ => DiskFault.None;
                    disk.LoseLocks();
                    successor = SyncLog.Open(disk);
                    successor.AppendNext(10);
                }

                return DiskFault.None;
            };
            var opened = Record.Exception(() => SyncLog.Open(disk));

            isPaused = successor is not null;
            takeovers += isPaused ? 1 : 0;
            Assert.True(opened is null or IOException, opened?.ToString());
            using var epochs = new FileEpochStore(disk, SyncLog.Directory);
            if (isPaused && successor!.Session.Fence.Epoch == epochs.Current())
            {
                var acknowledged = successor.AppendNext(10).Last;
                Assert.Equal(acknowledged, DurableMark.Read(disk, SyncLog.Directory));
                successor.Close();
                Assert.Empty(LogVerifier.Verify(disk, SyncLog.Directory, null, CancellationToken.None).Damage);
                ModelLog.AssertHolds(SyncLog.Open(disk, acknowledged).Reader, acknowledged);
            }
        }

        Assert.InRange(takeovers, 10, 100);
    }

    [Fact]
    public void Closed_after_a_takeover_it_neither_seals_nor_shortens_its_segment()
    {
        var disk = new SimulatedFileSystem(1);
        var former = SyncLog.Open(disk);
        former.AppendNext(PerBatch);
        disk.LoseLocks();
        SyncLog.Open(disk);
        var changes = ChangesSeenOn(disk);

        former.Close();

        Assert.Empty(changes);
    }

    [Fact]
    public void A_segment_is_not_settled_when_the_epoch_was_lost_while_it_was_verified()
    {
        var disk = new SimulatedFileSystem(1);
        for (int crash = 0; crash < 2; crash++)
        {
            SyncLog.Open(disk).AppendNext(PerBatch);
            disk.RestartProcess();
        }

        var chain = LogTail.Recover(SyncLog.Options(disk)).Chain;
        var changes = ChangesSeenOn(disk);

        Assert.Throws<LogFencedException>(() => ChainSettling.Settle(disk, chain, () => throw new LogFencedException(new Epoch(2), new Epoch(3))));

        Assert.Empty(changes);
        ChainSettling.Settle(disk, chain, () => { });
        Assert.Contains(changes, call => call.Kind == DiskCallKind.Truncate);
    }

    private static List<DiskCall> ChangesSeenOn(SimulatedFileSystem disk)
    {
        var changes = new List<DiskCall>();
        disk.Faults = call =>
        {
            if (call.Kind is not (DiskCallKind.Sync or DiskCallKind.SyncDirectory))
            {
                changes.Add(call);
            }

            return DiskFault.None;
        };
        return changes;
    }

    private sealed class Run(Act act, long pauseAt)
    {
        private readonly SimulatedFileSystem _disk = new((ulong)pauseAt);
        private readonly List<DiskCall> _after = [];
        private SyncLog? _former;
        private SyncLog? _successor;
        private SnapshotWriter? _underWay;
        private DiskCall _pausedIn;
        private bool _isNested;

        private SnapshotStore Snapshots => new(_disk, Checkpoints);

        /// <summary>Runs the act with a takeover at a call.</summary>
        /// <returns>False if the act ended before that call.</returns>
        public bool IsPaused()
        {
            Prepare();
            long start = _disk.Calls;
            _disk.Faults = call => At(call, start + pauseAt);
            try
            {
                Do();
                Assert.True(_successor is null || act is not (Act.Append or Act.Roll), $"Paused in {_pausedIn}, it acknowledged after the takeover.");
            }
            catch (IOException error)
            {
                Assert.True(_successor is not null, error.ToString());
            }

            _disk.Faults = _ => DiskFault.None;
            if (_successor is null)
            {
                return false;
            }

            Assert.All(_after, call => Assert.True(IsItsOwn(call), $"Paused in {_pausedIn}, it went on with {call}."));
            AssertWhole();
            return true;
        }

        /// <summary>Segments of three epochs: closed, ended by a crash, and ended by a crash one opening ago, so that the next opening settles one.</summary>
        private void Prepare()
        {
            var log = SyncLog.Open(_disk);
            Append(log, 4);
            log.Close();
            log = SyncLog.Open(_disk);
            Append(log, 2);
            _disk.RestartProcess();
            log = SyncLog.Open(_disk);
            Append(log, 4);
            _disk.RestartProcess();
            Snapshotting.Write(Snapshots, 1000, new byte[100]);
            Snapshotting.Write(Snapshots, 1100, new byte[100]);
            if (act != Act.Open)
            {
                _former = SyncLog.Open(_disk);
                _former.AppendNext(10);
                _former.AppendNext(10);
                Assert.Equal(new Epoch(Former), _former.Report.Epoch);
            }
        }

        private void Do()
        {
            switch (act)
            {
                case Act.Open:
                    _former = SyncLog.Open(_disk);
                    break;
                case Act.Append:
                    _former!.AppendNext(10);
                    break;
                case Act.Roll:
                    Append(_former!, 4);
                    break;
                case Act.DeleteOldSegments:
                    _former!.Session.Retention.DeleteBelow(Snapshots, new GlobalSeq(1000));
                    break;
                case Act.WriteSnapshot:
                    Snapshotting.Write(Snapshots, 3000, new byte[100], Former);
                    break;
                case Act.Close:
                    _former!.Close();
                    break;
                default:
                    _former!.PrepareNext();
                    _former.Keys.Persist(_former.Session.State.Segments[0]);
                    _former.Session.Mark!.Sync();
                    break;
            }
        }

        private DiskFault At(DiskCall call, long atCall)
        {
            if (_isNested)
            {
                return DiskFault.None;
            }

            // The compare-and-set of the epoch is one step: its lock is the kernel's, and no lease.
            bool isSet = call.Kind == DiskCallKind.Write && call.Path.EndsWith("EPOCH", StringComparison.Ordinal);
            if (_successor is not null)
            {
                _after.Add(call);
            }
            else if (call.Number >= atCall && !isSet)
            {
                _pausedIn = call;
                _isNested = true;
                TakeOver();
                _isNested = false;
            }

            return DiskFault.None;
        }

        /// <summary>Two writers come and go; the second settles what the former left, keeps less of the log than the former meant to, and has a snapshot under way.</summary>
        private void TakeOver()
        {
            _disk.LoseLocks();
            var between = SyncLog.Open(_disk);
            Append(between, 2);
            between.Close();
            _successor = SyncLog.Open(_disk);
            Append(_successor, 2);
            Snapshotting.Write(Snapshots, 2600, new byte[100], _successor.Report.Epoch.Value);
            Snapshotting.Write(Snapshots, _successor.Watermark.Value, new byte[100], _successor.Report.Epoch.Value);
            _successor.Session.Retention.DeleteBelow(Snapshots, new GlobalSeq(2600));
            Assert.InRange(_successor.Reader.Oldest.Value, 1001ul, 2600ul);
            _underWay = Snapshots.Begin(new GlobalSeq(2700), _successor.Report.Epoch);
            _underWay.Append(new byte[50]);
        }

        /// <summary>Files that carry its epoch in their name, and caches that anyone may write.</summary>
        private bool IsItsOwn(DiskCall call)
        {
            string name = Path.GetFileName(call.Path);
            bool isOwn = name.Contains($"{Former:D10}", StringComparison.Ordinal);
            return call.Kind switch
            {
                DiskCallKind.Sync or DiskCallKind.SyncDirectory => true, // changes nothing
                DiskCallKind.Rename => (isOwn && act == Act.WriteSnapshot) || name.EndsWith(SegmentName.KeysExtension, StringComparison.Ordinal),
                DiskCallKind.CreateDirectory => true,
                DiskCallKind.Truncate => false,
                DiskCallKind.Delete when act == Act.WriteSnapshot => true, // thinning: the two newest always stay
                _ => isOwn || name.Contains(SegmentName.KeysExtension, StringComparison.Ordinal),
            };
        }

        private void AssertWhole()
        {
            var acknowledged = _successor!.AppendNext(1).Last;
            ModelLog.AssertHolds(_successor.Reader, acknowledged);
            Assert.Equal(acknowledged, DurableMark.Read(_disk, SyncLog.Directory));
            _underWay!.Complete(new SnapshotMark(new GlobalSeq(2700), _successor.Report.Epoch, default, 1, "rules"));
            using (var newest = Snapshots.ReadNewest(acknowledged, 1, damage => Assert.Fail(damage.ToString())))
            {
                Assert.InRange(newest!.Mark.Seq.Value, acknowledged.Value - 1, acknowledged.Value);
            }

            if (_former is not null)
            {
                Assert.Throws<LogFencedException>(() => _former.AppendNext(1));
                long calls = _disk.Calls;
                try
                {
                    _former.Session.Retention.DeleteBelow(Snapshots, new GlobalSeq(2000));
                }
                catch (LogFencedException)
                {
                    // It still knew of segments that its successor has deleted.
                }

                Assert.Equal(calls, _disk.Calls);
            }

            _successor.Close();
            Assert.Empty(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
            _disk.LosePower();
            var again = SyncLog.Open(_disk, acknowledged);
            ModelLog.AssertHolds(again.Reader, acknowledged);
            Assert.Equal(again.AppendNext(1).Last, DurableMark.Read(_disk, SyncLog.Directory));
            again.Close();
            Assert.Empty(LogVerifier.Verify(_disk, SyncLog.Directory, null, CancellationToken.None).Damage);
        }

        private static void Append(SyncLog log, int batches)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                log.AppendNext(PerBatch);
            }
        }
    }
}
