using System.Text;
using CsCheck;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Mempulse.Testing;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Storage.Tests.Contents;

public sealed class ContentStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-contents-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_stored_content_is_also_read_by_another_store() => Gen.Byte.Array[0, 2_000].Sample(
        content =>
        {
            var digest = Open().Put(ContentKind.Witness, content);

            Assert.Equal(Keccak256.Hash(content), digest);
            Assert.True(Open().TryRead(digest, out byte[]? read));
            Assert.Equal(content, read);
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void The_same_content_is_stored_once()
    {
        var store = Open();
        var first = store.Put(ContentKind.Trace, "[]"u8);
        long size = store.SizeBytes;

        var second = store.Put(ContentKind.Trace, "[]"u8);

        Assert.Equal(first, second);
        Assert.Equal(size, store.SizeBytes);
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_content_that_was_never_stored_is_not_found()
    {
        Assert.False(Open().TryRead(Keccak256.Hash("nothing"u8), out byte[]? content));
        Assert.Null(content);
    }

    [Fact]
    public void Every_flipped_bit_is_damage_that_names_the_file()
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a witness of some length, ", 20)));
        var digest = Open().Put(ContentKind.Witness, content);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] good = File.ReadAllBytes(path);
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] bad = [.. good];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, bad);

            // The CRC covers the kind like everything else, so no change goes undetected.
            var damage = Assert.Throws<ContentDamagedException>(() => Open().TryRead(digest, out _));

            Assert.Contains(path, damage.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_truncation_is_damage()
    {
        var digest = Open().Put(ContentKind.Witness, "a witness"u8);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] good = File.ReadAllBytes(path);
        for (int length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(path, good[..length]);

            Assert.Throws<ContentDamagedException>(() => Open().TryRead(digest, out _));
        }
    }

    [Fact]
    public void A_damaged_content_is_written_again_when_it_is_put_again()
    {
        var digest = Open().Put(ContentKind.Witness, "a witness"u8);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] bad = File.ReadAllBytes(path);
        bad[^1] ^= 1;
        File.WriteAllBytes(path, bad);

        Open().Put(ContentKind.Witness, "a witness"u8);

        Assert.True(Open().TryRead(digest, out byte[]? read));
        Assert.Equal("a witness"u8, read);
    }

    [Fact]
    public void Contents_that_are_put_together_share_one_file_and_each_is_found()
    {
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(index => Encoding.UTF8.GetBytes($"content {index}"))];

        var old = Open().PutAll([.. contents.Concat(contents).Select(Prepared)]);
        var again = Open().PutAll([Prepared(contents[7]), Prepared("new"u8.ToArray())]);

        Assert.Empty(old);
        Assert.Equal([Keccak256.Hash(contents[7])], again);
        Assert.Equal(2, Directory.GetFiles(_directory).Length);
        var after = Open();
        Assert.Equal(41, after.Count);
        Assert.All(contents, content => Assert.Equal(content, Read(after, content)));
    }

    [Fact]
    public void A_damaged_content_leaves_the_others_in_its_file_readable()
    {
        Open().PutAll([Prepared("one"u8.ToArray()), Prepared("two"u8.ToArray())]);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] bad = File.ReadAllBytes(path);
        bad[^1] ^= 1;
        File.WriteAllBytes(path, bad);

        var store = Open();

        Assert.Equal("one"u8, Read(store, "one"u8.ToArray()));
        Assert.Throws<ContentDamagedException>(() => Read(store, "two"u8.ToArray()));
    }

    [Fact]
    public void While_a_damaged_header_hides_what_a_file_held_no_content_is_reported_as_gone()
    {
        var store = Open();
        store.Put(ContentKind.Witness, "one"u8);
        string path = Assert.Single(Directory.GetFiles(_directory));
        store.Put(ContentKind.Witness, "two"u8);
        byte[] bad = File.ReadAllBytes(path);
        bad[20] ^= 1;
        File.WriteAllBytes(path, bad);

        var after = Open();

        Assert.Equal("two"u8, Read(after, "two"u8.ToArray()));
        var damage = Assert.Throws<ContentDamagedException>(() => after.TryRead(Keccak256.Hash("never put"u8), out _));
        Assert.Contains(path, damage.Message, StringComparison.Ordinal);
        Assert.Equal(new FileInfo(path).Length + new FileInfo(Directory.GetFiles(_directory).Max()!).Length, after.SizeBytes);
    }

    [Fact]
    public void A_failed_write_stores_nothing_and_its_leftovers_are_deleted()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var store = Open(disk);
        var failing = DiskCallKind.SyncDirectory;
        disk.Faults = call => call.Kind == failing ? DiskFault.Error : DiskFault.None;
        Assert.ThrowsAny<IOException>(() => store.Put(ContentKind.Witness, "first"u8));
        failing = DiskCallKind.Sync;
        Assert.ThrowsAny<IOException>(() => store.Put(ContentKind.Witness, "first"u8));

        Assert.False(store.TryRead(Keccak256.Hash("first"u8), out _));
        disk.Faults = _ => DiskFault.None;
        var digest = store.Put(ContentKind.Witness, "first"u8);
        disk.LosePower();

        Assert.True(Open(disk).TryRead(digest, out _));
        Assert.DoesNotContain(disk.List(_directory), name => name.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_a_stopped_process_is_made_durable_before_its_content_counts_as_stored()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        disk.Faults = call => call.Kind == DiskCallKind.SyncDirectory ? DiskFault.CrashDuring : DiskFault.None;
        Assert.Throws<SimulatedCrashException>(() => Open(disk).Put(ContentKind.Witness, "first"u8));
        disk.Faults = _ => DiskFault.None;
        disk.RestartProcess();

        var digest = Open(disk).Put(ContentKind.Witness, "first"u8);
        disk.LosePower();

        Assert.True(Open(disk).TryRead(digest, out _));
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_files_are_deleted()
    {
        var random = new SeededBytes(7);
        var store = ContentStore.Open(new ContentStoreOptions { Directory = _directory, MaxBytes = 10_000 });
        Hash256[] digests = [.. Enumerable.Range(0, 20).Select(_ => store.Put(ContentKind.Witness, random.Next(1_000)))];

        Assert.InRange(store.SizeBytes, 5_000, 10_000);
        Assert.False(store.TryRead(digests[0], out _));
        Assert.True(store.TryRead(digests[^1], out _));
        Assert.Equal(store.Count, Directory.GetFiles(_directory).Length);
        Assert.Equal(store.SizeBytes, Open().SizeBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_crash_at_any_call_keeps_acknowledged_contents_and_leaves_no_partial_one(bool isTogether)
    {
        byte[][] contents = [.. Enumerable.Range(0, 4).Select(index => Encoding.UTF8.GetBytes($"content {index}"))];
        int calls = 0;
        bool isOver = false;
        for (int crashAt = 1; !isOver; crashAt++)
        {
            var disk = new SimulatedFileSystem(seed: (ulong)crashAt);
            var acknowledged = new List<Hash256>();
            int call = 0;
            disk.Faults = _ => ++call == crashAt ? DiskFault.CrashDuring : DiskFault.None;
            try
            {
                var store = Open(disk);
                if (isTogether)
                {
                    store.PutAll([.. contents.Select(Prepared)]);
                    acknowledged.AddRange(contents.Select(content => Keccak256.Hash(content)));
                }

                foreach (byte[] content in contents)
                {
                    acknowledged.Add(store.Put(ContentKind.Witness, content));
                }

                isOver = true;
            }
            catch (SimulatedCrashException)
            {
                calls++;
            }

            disk.Faults = _ => DiskFault.None;
            disk.LosePower();
            var after = Open(disk);
            foreach (byte[] content in contents)
            {
                var digest = Keccak256.Hash(content);
                bool isThere = after.TryRead(digest, out byte[]? read);
                Assert.True(isThere || !acknowledged.Contains(digest), $"crash at call {crashAt}");
                Assert.True(!isThere || content.AsSpan().SequenceEqual(read), $"crash at call {crashAt}");
            }
        }

        Assert.InRange(calls, 6, 200);
    }

    private static PreparedContent Prepared(byte[] content) => PreparedContent.Of(ContentKind.Witness, content);

    private static byte[] Read(ContentStore store, byte[] content) => store.TryRead(Keccak256.Hash(content), out byte[]? read) ? read : [];

    private ContentStore Open(ILogFileSystem? files = null) => ContentStore.Open(new ContentStoreOptions
    {
        Directory = _directory,
        Files = files ?? PosixFileSystem.Instance,
    });
}
