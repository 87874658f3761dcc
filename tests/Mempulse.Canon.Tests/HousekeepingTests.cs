using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Snapshots;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;

namespace Mempulse.Canon.Tests;

/// <summary>What an open log does in the background, and what verification meets when retention works beside it.</summary>
public sealed class HousekeepingTests
{
    private static readonly string Mark = Path.Combine(SyncLog.Directory, DurableMark.FileName);

    private readonly SimulatedFileSystem _disk = new(1);

    [Fact]
    public async Task The_mark_is_synced_while_the_log_is_open_again_and_again()
    {
        using var log = EventLog.Open(SyncLog.Options(_disk));
        for (int round = 1; round <= 2; round++)
        {
            bool isSynced = false;
            _disk.Faults = call =>
            {
                isSynced |= call.Kind == DiskCallKind.Sync && call.Path == Mark;
                return DiskFault.None;
            };
            await log.AppendAsync(Batches.Seen(SyncLog.Lane, (ulong)round, 1), CancellationToken.None);

            await Until.TrueAsync(() => isSynced, $"the mark is synced, round {round}");
        }
    }

    [Fact]
    public void A_close_syncs_the_mark()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var disk = new SimulatedFileSystem(seed);
            var log = SyncLog.Open(disk);
            log.AppendNext(10);
            log.Close();
            disk.LosePower();

            Assert.Equal((seed, new GlobalSeq(10)), (seed, DurableMark.Read(disk, SyncLog.Directory)));
        }
    }

    [Fact]
    public async Task The_first_verification_notes_damage_at_once_and_writes_no_index_for_a_damaged_segment()
    {
        WriteClosed(3, frames: 1);
        string[] segments = Segments();
        _disk.FlipBit(segments[0], 4096 + 100, 1);
        var noted = new List<string>();
        List<string>? whenLastWasIndexed = null;
        _disk.Faults = call =>
        {
            if (call.Kind == DiskCallKind.Rename && call.Path == Path.ChangeExtension(segments[2], SegmentName.KeysExtension))
            {
                whenLastWasIndexed = [.. noted];
            }

            return DiskFault.None;
        };

        using var log = EventLog.Open(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), Files = _disk, Damaged = damage => noted.Add(damage.File) });
        await Until.TrueAsync(() => Volatile.Read(ref whenLastWasIndexed) is not null, "the last segment is indexed", limitSeconds: 60);

        Assert.Equal([segments[0]], whenLastWasIndexed);
        Assert.True(_disk.Exists(Path.ChangeExtension(segments[1], SegmentName.KeysExtension)));
        Assert.False(_disk.Exists(Path.ChangeExtension(segments[0], SegmentName.KeysExtension)));
    }

    [Fact]
    public async Task No_more_damaged_places_are_kept_than_the_limit()
    {
        const int segmentCount = 17;
        const int frames = 2 * (SegmentVerifier.MaxDamage + 1);
        WriteClosed(segmentCount, frames);
        string[] segments = Segments();
        int frameBytes = SegmentLayout.FrameBytes(Batches.Seen(SyncLog.Lane, 1, 1).SizeBytes);
        foreach (string segment in segments[..^1])
        {
            for (int frame = 0; frame < frames; frame += 2)
            {
                _disk.FlipBit(segment, 4096 + (frame * frameBytes) + 60, 1);
            }
        }

        using var log = EventLog.Open(new EventLogOptions { Directory = SyncLog.Directory, Chain = new ChainId(1), Files = _disk });
        await Until.TrueAsync(() => _disk.Exists(Path.ChangeExtension(segments[^1], SegmentName.KeysExtension)), "the last segment is indexed", limitSeconds: 60);

        Assert.Equal(EventLog.MaxDamage, log.Damage.Count);
        Assert.Equal(EventLog.MaxDamage, log.Damage.Distinct().Count());
    }

    /// <summary>Retention deletes the oldest segments just before verification opens the first of them: when it reads the headers, compares the lengths, or reads the frames.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Segments_that_retention_deletes_while_they_are_verified_are_not_damage(int deletedAtOpening)
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 8; batch++)
        {
            log.AppendNext(300);
        }

        var snapshots = new SnapshotStore(_disk, "/snapshots");
        Snapshotting.Write(snapshots, 2300, new byte[10]);
        Snapshotting.Write(snapshots, 2400, new byte[10]);
        string oldest = log.Session.State.Segments[0].Path;
        int openings = 0;
        var files = new Interposed(_disk, path =>
        {
            if (path == oldest && ++openings == deletedAtOpening)
            {
                log.Session.Retention.DeleteBelow(snapshots, log.Session.State.Segments[1].First);
            }
        });

        var report = LogVerifier.Verify(files, SyncLog.Directory, null, CancellationToken.None);

        Assert.True(report.IsSound);
        Assert.Equal(new GlobalSeq(2400), report.Watermark);
        Assert.False(_disk.Exists(oldest));
    }

    [Fact]
    public void A_segment_that_is_gone_without_retention_is_not_passed_over()
    {
        var log = SyncLog.Open(_disk);
        for (int batch = 0; batch < 8; batch++)
        {
            log.AppendNext(300);
        }

        string second = log.Session.State.Segments[1].Path;
        int openings = 0;
        var files = new Interposed(_disk, path =>
        {
            if (path == second && ++openings == 3)
            {
                _disk.Delete(second);
            }
        });

        Assert.Throws<FileNotFoundException>(() => LogVerifier.Verify(files, SyncLog.Directory, null, CancellationToken.None));
    }

    private string[] Segments() =>
        [.. _disk.List(SyncLog.Directory).Where(name => name.EndsWith(SegmentName.Extension, StringComparison.Ordinal)).Select(name => Path.Combine(SyncLog.Directory, name))];

    private void WriteClosed(int openings, int frames)
    {
        for (int opening = 0; opening < openings; opening++)
        {
            var log = SyncLog.Open(_disk);
            for (int frame = 0; frame < frames; frame++)
            {
                log.AppendNext(frames == 1 ? 10 : 1);
            }

            log.Close();
        }
    }

    /// <summary>Something happens just before a file is opened.</summary>
    private sealed class Interposed(ILogFileSystem inner, Action<string> opening) : ILogFileSystem
    {
        public void CreateDirectory(string directory) => inner.CreateDirectory(directory);

        public IReadOnlyList<string> List(string directory) => inner.List(directory);

        public bool Exists(string path) => inner.Exists(path);

        public ILogFile Create(string path) => inner.Create(path);

        public ILogFile Open(string path, FileUse use)
        {
            opening(path);
            return inner.Open(path, use);
        }

        public void Rename(string path, string newPath) => inner.Rename(path, newPath);

        public void Delete(string path) => inner.Delete(path);

        public void SyncDirectory(string directory) => inner.SyncDirectory(directory);

        public bool IsLocked(string path) => inner.IsLocked(path);

        public IDisposable? TryLock(string path) => inner.TryLock(path);
    }
}
