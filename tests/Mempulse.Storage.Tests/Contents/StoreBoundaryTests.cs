using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Storage.Contents;
using Mempulse.Testing;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>A content store at its exact bounds, past its capacity, beside other writers of its directory, and on a disk that fails.</summary>
public sealed class StoreBoundaryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-contents-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_batch_has_at_most_1024_contents()
    {
        PreparedContent[] most = [.. Enumerable.Range(0, ContentStore.MaxBatch).Select(index => Prepared(BitConverter.GetBytes(index)))];
        var store = Open();

        Assert.Throws<ArgumentOutOfRangeException>(() => store.PutAll([.. most, Prepared("one more"u8)]));
        Assert.Equal(0, store.Count);
        Assert.Empty(store.PutAll(most));

        Assert.Equal(1_024, Open().Count);
        Assert.True(Open().TryRead(most[^1].Digest, out byte[]? last));
        Assert.Equal(BitConverter.GetBytes(1_023), last);
    }

    [Fact]
    public void A_content_may_have_exactly_the_largest_size()
    {
        byte[] content = new byte[ContentStoreOptions.MaxContentBytes + 1];

        Assert.Throws<ArgumentException>(() => PreparedContent.Of(ContentKind.Trace, content));
        Assert.Equal(ContentStoreOptions.MaxContentBytes, PreparedContent.Of(ContentKind.Trace, content.AsSpan(1)).LengthBytes);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 2)]
    public void The_files_may_fill_the_bound_exactly(int more, int kept)
    {
        byte[][] contents = Contents(3, 1_000);
        long size = 0;
        foreach (byte[] content in contents)
        {
            Open().Put(ContentKind.Witness, content);
        }

        size = Open().SizeBytes;
        Clear();
        var store = Open(maxBytes: size + more);
        foreach (byte[] content in contents)
        {
            store.Put(ContentKind.Witness, content);
        }

        Assert.Equal(kept, store.Count);
        Assert.All(contents[^kept..], content => Assert.True(Holds(store, content)));
        Assert.Equal(kept, Directory.GetFiles(_directory).Length);
    }

    [Fact]
    public void Filled_many_times_over_the_store_accepts_and_holds_the_newest_also_after_it_is_opened_again()
    {
        const long Bound = 5_000;
        byte[][] contents = Contents(60, 900);
        var store = Open(maxBytes: Bound);
        for (int i = 0; i < contents.Length; i++)
        {
            if (i % 7 == 6)
            {
                store = Open(maxBytes: Bound);
            }

            store.Put(ContentKind.Witness, contents[i]);

            Assert.InRange(store.SizeBytes, 1, Bound);
            Assert.True(Holds(store, contents[i]));
            Assert.Equal(Directory.GetFiles(_directory).Sum(static file => new FileInfo(file).Length), store.SizeBytes);
        }

        // What is held is a suffix of what was put: the oldest went first.
        var held = contents.Select(content => Holds(store, content)).ToList();
        Assert.Equal(Enumerable.Repeat(true, store.Count), held.TakeLast(store.Count));
        Assert.DoesNotContain(true, held.SkipLast(store.Count));
    }

    [Fact]
    public void The_newest_file_is_kept_however_large_it_is()
    {
        var store = Open(maxBytes: 1_024);
        byte[][] contents = Contents(2, 3_000);
        store.Put(ContentKind.Witness, contents[0]);
        Assert.True(Holds(store, contents[0]));

        store.Put(ContentKind.Witness, contents[1]);

        Assert.Equal((false, true, 1), (Holds(store, contents[0]), Holds(store, contents[1]), store.Count));
    }

    [Fact]
    public void Ordinals_rise_over_restarts_so_that_a_later_file_is_never_older()
    {
        foreach (byte[] content in Contents(12, 100))
        {
            Open().Put(ContentKind.Witness, content);
        }

        Assert.Equal(Enumerable.Range(1, 12), Files().Select(static name => int.Parse(name[..12], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_content_that_a_later_file_holds_too_outlives_the_older_file()
    {
        byte[][] contents = Contents(4, 900);
        Open().Put(ContentKind.Witness, contents[0]);
        Damage(Assert.Single(Files()), offset: ^1);
        var store = Open(maxBytes: 2_500);
        store.Put(ContentKind.Witness, contents[0]); // written again
        store.Put(ContentKind.Witness, contents[1]);
        Assert.Equal(2, Files().Count);

        Assert.True(Holds(store, contents[0]));
        Assert.True(Holds(Open(), contents[0]));
        Assert.Equal(2, store.Count);
        store.Put(ContentKind.Witness, contents[2]);
        Assert.Equal((false, true, true), (Holds(store, contents[0]), Holds(store, contents[1]), Holds(store, contents[2])));
    }

    [Fact]
    public void The_damage_of_a_file_ends_with_the_file()
    {
        byte[][] contents = Contents(4, 900);
        Open().Put(ContentKind.Witness, contents[0]);
        Damage(Assert.Single(Files()), offset: 20);
        var store = Open(maxBytes: 2_500);
        Assert.Throws<ContentDamagedException>(() => Holds(store, contents[0]));

        store.Put(ContentKind.Witness, contents[1]);
        Assert.Throws<ContentDamagedException>(() => Holds(store, contents[0]));
        store.Put(ContentKind.Witness, contents[2]);

        Assert.False(Holds(store, contents[0]));
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public void The_oldest_of_several_damaged_files_is_reported()
    {
        foreach (byte[] content in Contents(2, 100))
        {
            Open().Put(ContentKind.Witness, content);
        }

        Files().ForEach(name => Damage(name, offset: 20));

        var damage = Assert.Throws<ContentDamagedException>(() => Open().TryRead(Keccak256.OfNothing, out _));
        Assert.Contains(Files()[0], damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_whose_file_the_writer_deletes_finds_nothing_and_does_not_fail()
    {
        byte[][] contents = Contents(4, 900);
        var writer = Open(maxBytes: 2_500);
        writer.Put(ContentKind.Witness, contents[0]);
        var reader = Open();
        Assert.True(Holds(reader, contents[0]));

        foreach (byte[] content in contents[1..])
        {
            writer.Put(ContentKind.Witness, content);
        }

        Assert.False(Holds(reader, contents[0]));
    }

    [Fact]
    public void A_content_that_occurs_twice_in_a_batch_is_stored_once()
    {
        var store = Open();

        store.PutAll([Prepared("a"u8), Prepared("b"u8)]);
        long size = store.SizeBytes;
        Clear();
        store = Open();
        Assert.Empty(store.PutAll([Prepared("a"u8), Prepared("b"u8), Prepared("a"u8)]));
        Assert.Equal(2, store.PutAll([Prepared("b"u8), Prepared("a"u8)]).Count);
        Assert.Empty(store.PutAll([]));

        Assert.Equal((2, size, 1), (store.Count, store.SizeBytes, Files().Count));
    }

    [Fact]
    public void Opening_changes_nothing_and_ignores_files_that_are_not_contents()
    {
        string name = $"{1:D12}-{new string('a', 64)}";
        string[] others = ["readme.txt", "left.mpb.new", $"{name}.mpb.new", $"{name}.mpx", $"x{name[1..]}.mpb", $"{name[..^1]}.mpb", $"{name[..^1]}g.mpo"];
        foreach (string other in others)
        {
            File.WriteAllText(Path.Combine(_directory, other), "other");
        }

        var store = Open();

        Assert.Equal((0, 0L), (store.Count, store.SizeBytes));
        Assert.False(store.TryRead(Keccak256.OfNothing, out _));
        Assert.Equal(others.Order(StringComparer.Ordinal), Files());
        store.Put(ContentKind.Witness, "a"u8);
        Assert.Equal(
            others.Where(static other => !other.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Files().Where(file => others.Contains(file)));
        Assert.Equal(others.Length - 2 + 1, Files().Count);

        // Beside a content, a copy of it under another extension.
        string content = Files().Except(others).Single();
        File.Copy(Path.Combine(_directory, content), Path.Combine(_directory, Path.ChangeExtension(content, ".mpx")));
        Assert.Equal((store.Count, store.SizeBytes), (Open().Count, Open().SizeBytes));
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_an_empty_store_until_the_first_write_creates_it()
    {
        string below = Path.Combine(_directory, "sims");
        var store = ContentStore.Open(new ContentStoreOptions { Directory = below });

        Assert.Equal(0, store.Count);
        Assert.False(Directory.Exists(below));
        store.Put(ContentKind.Witness, "a"u8);

        Assert.Single(Directory.GetFiles(below));
        Assert.Equal(below, ContentDirectory.Beside(_directory));
    }

    [Theory]
    [InlineData(1_023, false)]
    [InlineData(1_024, true)]
    [InlineData(1L << 44, true)]
    [InlineData((1L << 44) + 1, false)]
    public void The_bound_has_a_range(long maxBytes, bool isValid)
    {
        var problem = Record.Exception(() => Open(maxBytes: maxBytes));

        Assert.Equal(isValid, problem is null);
        Assert.True(isValid || problem is ValidationException);
    }

    [Theory]
    [InlineData(DiskCallKind.CreateDirectory)]
    [InlineData(DiskCallKind.Create)]
    [InlineData(DiskCallKind.Write)]
    [InlineData(DiskCallKind.Sync)]
    [InlineData(DiskCallKind.Rename)]
    [InlineData(DiskCallKind.SyncDirectory)]
    public void A_call_that_fails_stores_nothing_and_the_same_put_succeeds_later(DiskCallKind failing)
    {
        foreach (var fault in (DiskFault[])[DiskFault.Error, DiskFault.NoSpace])
        {
            var disk = new SimulatedFileSystem(seed: 3);
            var store = Open(disk);
            disk.Faults = call => call.Kind == failing ? fault : DiskFault.None;

            Assert.ThrowsAny<IOException>(() => store.Put(ContentKind.Witness, "first"u8));
            Assert.Equal((0, 0L), (store.Count, store.SizeBytes));
            Assert.False(store.TryRead(Keccak256.Hash("first"u8), out _));
            disk.Faults = static _ => DiskFault.None;
            var digest = store.Put(ContentKind.Witness, "first"u8);
            store.Put(ContentKind.Witness, "second"u8);
            disk.LosePower();

            var after = Open(disk);
            Assert.True(after.TryRead(digest, out _));
            Assert.True(after.TryRead(Keccak256.Hash("second"u8), out _));
        }
    }

    [Fact]
    public void Puts_that_fail_again_and_again_leave_at_most_one_file_and_none_after_a_put_that_succeeds()
    {
        var disk = new SimulatedFileSystem(seed: 4);
        var store = Open(disk);
        foreach (var failing in (DiskCallKind[])[DiskCallKind.SyncDirectory, DiskCallKind.Rename, DiskCallKind.Sync, DiskCallKind.Write])
        {
            disk.Faults = call => call.Kind == failing ? DiskFault.Error : DiskFault.None;
            foreach (byte[] content in Contents(5, 500))
            {
                Assert.ThrowsAny<IOException>(() => store.Put(ContentKind.Witness, content));
                Assert.InRange(disk.List(_directory).Count, 0, 1);
            }
        }

        disk.Faults = static _ => DiskFault.None;
        store.Put(ContentKind.Witness, "first"u8);

        Assert.Single(disk.List(_directory));
        Assert.Equal(1, Open(disk).Count);
        store.Put(ContentKind.Witness, "second"u8);
        Assert.Equal(2, Open(disk).Count);
    }

    [Fact]
    public void A_file_is_synced_before_it_has_its_name_and_the_name_before_the_put_returns()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var calls = new List<DiskCallKind>();
        disk.Faults = call =>
        {
            calls.Add(call.Kind);
            return DiskFault.None;
        };
        var store = Open(disk);

        store.Put(ContentKind.Witness, "first"u8);

        Assert.Equal([DiskCallKind.Write, DiskCallKind.Sync, DiskCallKind.Rename, DiskCallKind.SyncDirectory], calls.SkipWhile(static call => call != DiskCallKind.Write));
        calls.Clear();
        store.Put(ContentKind.Witness, "first"u8);
        Assert.Empty(calls); // it is durable already
    }

    private static bool Holds(ContentStore store, byte[] content)
    {
        bool isThere = store.TryRead(Keccak256.Hash(content), out byte[]? read);
        Assert.Equal(isThere ? content : null, read);
        return isThere;
    }

    private static PreparedContent Prepared(ReadOnlySpan<byte> content) => PreparedContent.Of(ContentKind.Witness, content);

    private static byte[][] Contents(int count, int bytes)
    {
        var random = new SeededBytes(11);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(bytes))];
    }

    private List<string> Files() => [.. Directory.GetFiles(_directory).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private void Damage(string name, Index offset)
    {
        string path = Path.Combine(_directory, name);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private void Clear() => Files().ForEach(name => File.Delete(Path.Combine(_directory, name)));

    private ContentStore Open(ILogFileSystem? files = null, long maxBytes = ContentStoreOptions.DefaultMaxBytes) => ContentStore.Open(new ContentStoreOptions
    {
        Directory = _directory,
        Files = files ?? PosixFileSystem.Instance,
        MaxBytes = maxBytes,
    });
}
