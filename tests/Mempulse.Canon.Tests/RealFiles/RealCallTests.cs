using Mempulse.Canon.Appending;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests.RealFiles;

/// <summary>The calls that the log makes on the real file system, in their order: what is written is synced before it is acknowledged or renamed, and names are synced, too.</summary>
public sealed class RealCallTests : IDisposable
{
    private const int PerBatch = 300;

    private readonly string _parent = Directory.CreateTempSubdirectory("canon-").FullName;
    private readonly RecordedCalls _calls = new();
    private readonly PosixFileSystem _files;

    public RealCallTests() => _files = new PosixFileSystem(_calls);

    private string ParentSynced => $"fsync {Path.GetFileName(_parent)}";

    private string Log => Path.Combine(_parent, "log");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void An_append_is_written_and_synced_and_then_marked_before_it_is_acknowledged_and_published()
    {
        var published = new List<string[]>();
        var log = Open(observer: new Observer(() => published.Add([.. _calls.Journal])));
        _calls.Take();

        log.AppendNext(10);

        string[] calls = [$"write {Segment(1)}", $"fdatasync {Segment(1)}", "write DURABLE"];
        Assert.Equal(calls, Assert.Single(published));
        Assert.Equal(calls, _calls.Take());
        log.AppendNext(10);
        Assert.Equal(calls, _calls.Take());
        log.Close();
    }

    [Fact]
    public void Without_fsync_an_append_is_only_written()
    {
        var log = Open(durability: Durability.Os);
        _calls.Take();

        log.AppendNext(10);

        Assert.Equal([$"write {Segment(1)}"], _calls.Take());
        log.Close();
    }

    [Fact]
    public void A_roll_prepares_seals_names_and_syncs_in_this_order()
    {
        var log = Open();
        log.AppendNext(PerBatch);
        log.AppendNext(PerBatch);
        _calls.Take();

        log.AppendNext(PerBatch);

        Assert.Equal(
            [
                "create 0000000001.next", "reserve 0000000001.next", "write 0000000001.next", "fdatasync 0000000001.next", // zeros
                $"write {Segment(1)}", $"fdatasync {Segment(1)}", // the footer
                "write 0000000001.next", "fdatasync 0000000001.next", // the header
                $"rename 0000000001.next {Segment(601)}", "fsync log",
                $"write {Segment(601)}", $"fdatasync {Segment(601)}", "write DURABLE",
            ],
            _calls.Take());
        log.Close();
    }

    [Fact]
    public void A_new_log_is_on_the_device_name_by_name_before_its_first_append()
    {
        var log = Open();

        Assert.Equal(
            [
                "mkdir log", ParentSynced, "create LOCK", "flock LOCK",
                "create EPOCH", "reserve EPOCH", "write EPOCH", "fdatasync EPOCH", "fsync log",
                "create EPOCH.lock", "flock EPOCH.lock", "write EPOCH", "fdatasync EPOCH",
                "create 0000000001.next", "reserve 0000000001.next", "write 0000000001.next", "fdatasync 0000000001.next",
                "write 0000000001.next", "fdatasync 0000000001.next", $"rename 0000000001.next {Segment(1)}", "fsync log",
                "create DURABLE", "reserve DURABLE", "write DURABLE", "fdatasync DURABLE", "fsync log",
            ],
            _calls.Take());
        log.Close();
        Assert.Equal(
            [$"write {Segment(1)}", $"fdatasync {Segment(1)}", $"truncate {Segment(1)}", $"fdatasync {Segment(1)}"],
            _calls.Take());
        Assert.Equal(0, _calls.OpenFiles);
    }

    [Fact]
    public void A_close_seals_and_then_syncs_the_mark()
    {
        var log = Open();
        log.AppendNext(10);
        _calls.Take();

        log.Close();

        Assert.Equal(
            [$"write {Segment(1)}", $"fdatasync {Segment(1)}", $"truncate {Segment(1)}", $"fdatasync {Segment(1)}", "fdatasync DURABLE"],
            _calls.Take());
    }

    [Fact]
    public void An_opening_syncs_its_epoch_before_it_settles_or_names_anything()
    {
        var log = Open();
        log.AppendNext(10);
        Abandon(log);
        log = Open();
        log.AppendNext(10);
        Abandon(log);
        _calls.Take();

        log = Open();

        string former = Segment(1);
        Assert.Equal(
            [
                ParentSynced, "flock LOCK", "flock EPOCH.lock", "write EPOCH", "fdatasync EPOCH",
                $"truncate {former}", $"write {former}", $"fdatasync {former}",
                "create 0000000003.next", "reserve 0000000003.next", "write 0000000003.next", "fdatasync 0000000003.next",
                "write 0000000003.next", "write 0000000003.next", "fdatasync 0000000003.next", // the header and the carried frame
                $"rename 0000000003.next {Segment(11, 3)}", "fsync log",
            ],
            _calls.Take());
        log.Close();
    }

    [Fact]
    public void Retention_makes_its_floor_durable_before_it_deletes_oldest_first()
    {
        var log = Open();
        for (int batch = 0; batch < 6; batch++)
        {
            log.AppendNext(PerBatch);
        }

        var snapshots = new SnapshotStore(_files, Path.Combine(_parent, "snapshots"));
        Snapshotting.Write(snapshots, 1500, new byte[10]);
        Snapshotting.Write(snapshots, 1600, new byte[10]);
        _calls.Take();

        log.Session.Retention.DeleteBelow(snapshots, new GlobalSeq(1300));

        Assert.Equal(
            [
                "create FLOOR-0000000001.new", "write FLOOR-0000000001.new", "fdatasync FLOOR-0000000001.new", "rename FLOOR-0000000001.new FLOOR-0000000001", "fsync log",
                $"delete {Segment(1)}", $"delete {Segment(601)}", "fsync log", "fsync snapshots",
            ],
            _calls.Take());
        log.Close();
    }

    [Fact]
    public void A_snapshot_is_synced_renamed_and_its_name_synced()
    {
        var snapshots = new SnapshotStore(_files, Path.Combine(_parent, "snapshots"));

        Snapshotting.Write(snapshots, 5, new byte[10]);

        const string name = "00000000000000000005-0000000001.snap";
        Assert.Equal(
            ["mkdir snapshots", ParentSynced, $"create {name}.new", $"write {name}.new", $"write {name}.new", $"fdatasync {name}.new", $"rename {name}.new {name}", "fsync snapshots", "fsync snapshots"],
            _calls.Take());
        Assert.Equal(0, _calls.OpenFiles);
    }

    [Theory]
    [InlineData(5)] // EIO
    [InlineData(Libc.Interrupted)]
    [InlineData(Libc.NoSpace)]
    public void A_failed_fdatasync_is_never_repeated_and_nothing_is_acknowledged(int error)
    {
        var log = Open();
        log.AppendNext(10);
        _calls.Take();
        _calls.Errors = call => call.StartsWith("fdatasync", StringComparison.Ordinal) ? error : 0;

        Assert.Throws<SyncFailedException>(() => log.AppendNext(10));

        Assert.Equal([$"write {Segment(1)}", $"fdatasync {Segment(1)}"], _calls.Take());
        Assert.Equal(new GlobalSeq(10), log.Watermark);
        _calls.Errors = _ => 0;
        Abandon(log);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(Libc.NoSpace, false)]
    [InlineData(13, true)] // EACCES when it is opened: nothing was synced
    public void A_directory_that_cannot_be_synced_is_a_final_failure_and_one_that_cannot_be_opened_is_not(int error, bool isUnreachable)
    {
        _calls.Errors = call => call.StartsWith(isUnreachable ? "open" : "fsync", StringComparison.Ordinal) ? error : 0;

        var failed = Assert.ThrowsAny<IOException>(() => _files.SyncDirectory(_parent));

        Assert.Equal(isUnreachable, failed is PathUnreachableException);
        Assert.Equal(0, _calls.OpenDirectories);
        Assert.Equal(isUnreachable, Assert.ThrowsAny<IOException>(() => _files.SyncDirectoryFinally(_parent)) is PathUnreachableException);
    }

    [Fact]
    public void The_names_of_new_directories_are_synced_from_the_top_and_that_of_one_that_exists_again()
    {
        string parent = Path.GetFileName(_parent);
        _files.CreateDirectory(Path.Combine(_parent, "a", "b"));
        Assert.Equal(["mkdir a", $"fsync {parent}", "mkdir b", "fsync a"], _calls.Take());

        _files.CreateDirectory(Path.Combine(_parent, "a"));
        Assert.Equal([$"fsync {parent}"], _calls.Take());

        _calls.Errors = call => call.StartsWith("open", StringComparison.Ordinal) ? 13 : 0;
        _files.CreateDirectory(Path.Combine(_parent, "a")); // it was there before, in a place that this user may not read
        Assert.Throws<PathUnreachableException>(() => _files.CreateDirectory(Path.Combine(_parent, "c")));
        _calls.Errors = call => call.StartsWith("fsync", StringComparison.Ordinal) ? 5 : 0;
        Assert.ThrowsAny<IOException>(() => _files.CreateDirectory(Path.Combine(_parent, "a")));
    }

    [Fact]
    public void Only_a_directory_is_synced_as_one_and_a_child_process_does_not_inherit_it()
    {
        string file = Path.Combine(_parent, "file");
        File.WriteAllText(file, "x");

        Assert.Throws<PathUnreachableException>(() => _files.SyncDirectory(file));
        Assert.Throws<PathUnreachableException>(() => _files.SyncDirectory(Path.Combine(_parent, "missing")));
        _files.SyncDirectory(_parent);
        Assert.Equal(0, _calls.OpenDirectories);
        Assert.Equal(Libc.OpenCloseOnExec, _calls.DirectoryFlags & Libc.OpenCloseOnExec);
    }

    /// <summary>What the kernel cannot sync says so; a call that is left out would not.</summary>
    [Fact]
    public void The_kernel_is_really_asked_to_sync()
    {
        using var file = PosixFileSystem.Instance.Open("/dev/null", FileUse.Write);

        Assert.Contains("fdatasync of /dev/null failed", Assert.ThrowsAny<IOException>(file.Sync).Message, StringComparison.Ordinal);
        Assert.Contains("fsync of /proc failed", Assert.ThrowsAny<IOException>(() => PosixFileSystem.Instance.SyncDirectory("/proc")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Libc.NotSupported)]
    public void Allocated_space_is_reserved_and_filled_with_zeros_to_its_end_and_only_there(int error)
    {
        string path = Path.Combine(_parent, "file");
        using var file = _files.Create(path);
        file.Write([1, 2, 3], 0);
        _calls.Errors = call => call.StartsWith("reserve", StringComparison.Ordinal) ? error : 0;

        file.Allocate((1 << 20) + 5);

        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal([1, 2, 3], bytes[..3]);
        Assert.Equal((1 << 20) + 5, bytes.Length);
        Assert.False(bytes.AsSpan(3).ContainsAnyExcept((byte)0));
        Assert.Equal(["create file", "write file", "reserve file", "write file", "write file"], _calls.Take());

        file.Allocate((1 << 20) + 5);
        file.Allocate(1);
        Assert.Empty(_calls.Take());
        Assert.Equal((1 << 20) + 5, file.LengthBytes);
    }

    [Fact]
    public void An_interrupted_reservation_is_repeated()
    {
        using var file = _files.Create(Path.Combine(_parent, "file"));
        int interrupts = 3;
        _calls.Errors = call => call.StartsWith("reserve", StringComparison.Ordinal) && interrupts-- > 0 ? Libc.Interrupted : 0;

        file.Allocate(100);

        Assert.Equal(4, _calls.Take().Count(call => call.StartsWith("reserve", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Libc.NoSpace, true)]
    [InlineData(Libc.QuotaExceeded, true)]
    [InlineData(5, false)]
    public void A_full_device_is_told_from_one_that_failed(int error, bool isFull)
    {
        using var file = _files.Create(Path.Combine(_parent, "file"));
        _calls.Errors = _ => error;

        foreach (var call in (Action[])[() => file.Write([1], 0), () => file.Allocate(10), () => _files.Create(Path.Combine(_parent, "other"))])
        {
            Assert.Equal(isFull, Assert.ThrowsAny<IOException>(call) is DiskFullException);
        }
    }

    [Fact]
    public void A_path_without_permission_is_unreachable_in_every_call()
    {
        string path = Path.Combine(_parent, "file");
        foreach (var call in (Action[])[() => _files.Create(path), () => _files.Open(path, FileUse.Read), () => _files.Rename(path, path), () => _files.Delete(path), () => _files.CreateDirectory(path)])
        {
            _calls.Throws = new UnauthorizedAccessException("denied");
            Assert.Contains("denied", Assert.Throws<PathUnreachableException>(call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_read_that_the_kernel_cuts_short_goes_on_to_the_end_of_the_file()
    {
        string path = Path.Combine(_parent, "file");
        byte[] content = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
        File.WriteAllBytes(path, content);
        using var file = _files.Open(path, FileUse.Read);
        _calls.MostPerRead = 7;
        byte[] read = new byte[120];

        Assert.Equal(90, file.Read(read, 10));

        Assert.Equal(content[10..], read[..90]);
        Assert.Equal(0, file.Read(read, 100));
    }

    [Fact]
    public void A_lock_is_exclusive_does_not_wait_and_ends_with_its_holder()
    {
        string path = Path.Combine(_parent, "LOCK");
        Assert.False(_files.IsLocked(path));
        Assert.False(File.Exists(path));

        var held = _files.TryLock(path);

        Assert.NotNull(held);
        Assert.Equal(Libc.LockExclusive | Libc.LockNonBlocking, _calls.LockOperation);
        Assert.True(_files.IsLocked(path));
        Assert.Null(_files.TryLock(path));
        Assert.Equal(1, _calls.OpenFiles);
        held.Dispose();
        Assert.False(_files.IsLocked(path));
        Assert.Equal(0, _calls.OpenFiles);

        _calls.Errors = call => call.StartsWith("flock", StringComparison.Ordinal) ? 5 : 0;
        Assert.Contains("flock of", Assert.Throws<IOException>(() => _files.TryLock(path)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _calls.OpenFiles);
    }

    [Fact]
    public void Names_are_listed_in_order_and_files_are_created_once_and_opened_only_if_they_exist()
    {
        foreach (string name in (string[])["b", "a", "B", "10", "9"])
        {
            _files.Create(Path.Combine(_parent, name)).Dispose();
        }

        Assert.Equal(["10", "9", "B", "a", "b"], _files.List(_parent));
        Assert.Empty(_files.List(Path.Combine(_parent, "missing")));
        Assert.ThrowsAny<IOException>(() => _files.Create(Path.Combine(_parent, "a")));
        Assert.Throws<FileNotFoundException>(() => _files.Open(Path.Combine(_parent, "missing"), FileUse.Write));
        File.WriteAllText(Path.Combine(_parent, "a"), "1");
        _files.Rename(Path.Combine(_parent, "a"), Path.Combine(_parent, "b"));
        Assert.Equal(("1", false), (File.ReadAllText(Path.Combine(_parent, "b")), _files.Exists(Path.Combine(_parent, "a"))));
        _files.Delete(Path.Combine(_parent, "a"));
        using var read = _files.Open(Path.Combine(_parent, "b"), FileUse.Read);
        Assert.ThrowsAny<Exception>(() => read.Write([1], 0));
    }

    private static string Segment(ulong first, ulong epoch = 1) => $"{first:D20}-{epoch:D10}.wal";

    /// <summary>Ends a writer as a kill does: nothing is sealed.</summary>
    private static void Abandon(SyncLog log) => log.Session.Close(seal: false);

    private SyncLog Open(Durability durability = Durability.Fsync, ICommitObserver? observer = null) => new(new EventLogOptions
    {
        Directory = Log,
        Chain = new ChainId(1),
        SegmentSizeBytes = 64 << 10,
        Files = _files,
        Durability = durability,
        Observer = observer,
        FullRetryInterval = TimeSpan.Zero,
    });

    private sealed class Observer(Action committed) : ICommitObserver
    {
        public void Committed(SequencedBatch batch) => committed();
    }
}
