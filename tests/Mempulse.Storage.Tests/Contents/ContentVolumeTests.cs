using System.Text;
using CsCheck;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Mempulse.Testing;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>Batches that are appended to a volume: found by every later store, complete or absent after a crash, and never other bytes than those that were put.</summary>
public sealed class ContentVolumeTests : IDisposable
{
    private const int VolumeBytes = 1 << 12;

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-volumes-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_put_is_found_by_the_store_and_by_every_later_one() => Gen.Byte.Array[0, 1_500].Array[1, 12].Sample(
        contents =>
        {
            var store = Open();
            foreach (byte[] content in contents)
            {
                store.Put(ContentKind.Witness, content);
            }

            var later = Open();
            Assert.All(contents, content => Assert.Equal(content, Read(store, content)));
            Assert.All(contents, content => Assert.Equal(content, Read(later, content)));
            Assert.Equal((store.Count, store.SizeBytes), (later.Count, later.SizeBytes));
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void Batches_share_a_file_over_restarts_until_it_is_full()
    {
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(static index => Encoding.UTF8.GetBytes($"content {index}"))];
        foreach (byte[] content in contents.Take(10))
        {
            Open().Put(ContentKind.Witness, content);
        }

        Assert.EndsWith("000000000001.mpv", Assert.Single(Directory.GetFiles(_directory)), StringComparison.Ordinal);
        Assert.Equal(VolumeBytes, Open().SizeBytes);
        foreach (byte[] content in contents)
        {
            Open().Put(ContentKind.Witness, content);
        }

        Assert.Equal(["000000000001.mpv", "000000000002.mpv"], Directory.GetFiles(_directory).Select(Path.GetFileName).Order());
        Assert.All(contents, content => Assert.Equal(content, Read(Open(), content)));
    }

    [Fact]
    public void A_batch_that_is_larger_than_a_volume_gets_a_file_of_its_own_and_what_comes_later_is_in_a_later_file()
    {
        var store = Open();
        store.Put(ContentKind.Witness, "small"u8);
        byte[] large = new SeededBytes(3).Next(2 * VolumeBytes);
        store.Put(ContentKind.Witness, large);
        store.Put(ContentKind.Witness, "small again"u8);

        Assert.Equal([".mpv", ".mpb", ".mpv"], Directory.GetFiles(_directory).Order(StringComparer.Ordinal).Select(Path.GetExtension));
        Assert.Equal(large, Read(Open(), large));
        Assert.Equal("small again"u8, Read(Open(), "small again"u8.ToArray()));
    }

    [Fact]
    public void A_batch_costs_one_sync_once_its_volume_exists()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var store = Open(disk);
        store.Put(ContentKind.Witness, "the first one"u8);
        List<DiskCallKind> calls = [];
        disk.Faults = call =>
        {
            calls.Add(call.Kind);
            return DiskFault.None;
        };

        store.Put(ContentKind.Witness, "the second one"u8);

        Assert.Equal([DiskCallKind.Write, DiskCallKind.Sync], calls.Where(static call => call is DiskCallKind.Write or DiskCallKind.Sync or DiskCallKind.SyncDirectory or DiskCallKind.Rename));
    }

    [Fact]
    public void A_batch_that_was_appended_and_not_synced_counts_as_stored_only_once_it_is_durable()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var store = Open(disk);
        store.Put(ContentKind.Witness, "the first one"u8);
        disk.Faults = static call => call.Kind == DiskCallKind.Sync ? DiskFault.CrashDuring : DiskFault.None;
        Assert.Throws<SimulatedCrashException>(() => store.Put(ContentKind.Witness, "the second one"u8));
        disk.Faults = static _ => DiskFault.None;
        disk.RestartProcess();

        var digest = Open(disk).Put(ContentKind.Witness, "the second one"u8);
        disk.LosePower();

        Assert.True(Open(disk).TryRead(digest, out _));
    }

    [Fact]
    public void After_a_write_that_failed_the_next_batch_is_in_another_file()
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var store = Open(disk);
        store.Put(ContentKind.Witness, "the first one"u8);
        disk.Faults = static call => call.Kind == DiskCallKind.Sync ? DiskFault.Error : DiskFault.None;
        Assert.ThrowsAny<IOException>(() => store.Put(ContentKind.Witness, "the second one"u8));
        Assert.False(store.TryRead(Keccak256.Hash("the second one"u8), out _));
        disk.Faults = static _ => DiskFault.None;

        var digest = store.Put(ContentKind.Witness, "the second one"u8);
        disk.LosePower();

        Assert.True(Open(disk).TryRead(digest, out _));
        Assert.Equal(2, disk.List(_directory).Count(static name => name.EndsWith(".mpv", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_crash_at_any_call_keeps_acknowledged_contents_and_never_gives_other_bytes()
    {
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(static index => Encoding.UTF8.GetBytes($"content {index} of forty"))];
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

            disk.Faults = static _ => DiskFault.None;
            disk.LosePower();
            var after = Open(disk);
            Assert.All(contents, content => Assert.True(IsSound(after, content, acknowledged.Contains(Keccak256.Hash(content))), $"crash at call {crashAt}"));
            Assert.All(contents, content => Assert.Equal(Keccak256.Hash(content), after.Put(ContentKind.Witness, content)));
            Assert.All(contents, content => Assert.Equal(content, Read(Open(disk), content)));
        }

        Assert.InRange(calls, 40, 400);
    }

    [Fact]
    public void Every_flipped_bit_leaves_a_content_whole_or_damaged_or_absent_and_what_comes_before_readable()
    {
        var store = Open();
        store.Put(ContentKind.Witness, "the first one"u8);
        string path = Assert.Single(Directory.GetFiles(_directory));
        int first = UsedBytes(File.ReadAllBytes(path));
        store.Put(ContentKind.Witness, "the second one"u8);
        byte[] good = File.ReadAllBytes(path);
        int used = UsedBytes(good);
        int readable = 0;
        for (int bit = 0; bit < used * 8; bit++)
        {
            byte[] bad = [.. good];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, bad);
            var after = Open();
            Assert.True(IsSound(after, "the first one"u8.ToArray(), isNeeded: bit / 8 >= first));
            Assert.True(IsSound(after, "the second one"u8.ToArray(), isNeeded: false));
            readable += IsSound(after, "the second one"u8.ToArray(), isNeeded: true) ? 1 : 0;
        }

        Assert.InRange(readable, 1, (used * 8) - 1);
    }

    [Fact]
    public void Damage_that_others_follow_is_reported_and_those_are_found()
    {
        var store = Open();
        store.Put(ContentKind.Witness, "the first one"u8);
        store.Put(ContentKind.Witness, "the second one"u8);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] bad = File.ReadAllBytes(path);
        bad[ContentVolumeFile.RecordBytes + 20] ^= 1; // in the header of the first batch
        File.WriteAllBytes(path, bad);

        var after = Open();

        Assert.Equal("the second one"u8, Read(after, "the second one"u8.ToArray()));
        var damage = Assert.Throws<ContentDamagedException>(() => after.TryRead(Keccak256.Hash("the first one"u8), out _));
        Assert.Contains(path, damage.Message, StringComparison.Ordinal);
        var digest = after.Put(ContentKind.Witness, "the first one"u8);
        Assert.True(Open().TryRead(digest, out _));
        Assert.Equal(2, Directory.GetFiles(_directory).Length); // nothing is appended behind damage
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_volumes_are_deleted()
    {
        const long MaxBytes = 8 * VolumeBytes;
        var random = new SeededBytes(7);
        var store = Open(maxBytes: MaxBytes);
        Hash256[] digests = [.. Enumerable.Range(0, 60).Select(_ => store.Put(ContentKind.Witness, random.Next(1_000)))];

        Assert.InRange(store.SizeBytes, MaxBytes - VolumeBytes, MaxBytes);
        Assert.False(store.TryRead(digests[0], out _));
        Assert.True(store.TryRead(digests[^1], out _));
        Assert.Equal(store.SizeBytes, Directory.GetFiles(_directory).Sum(static file => new FileInfo(file).Length));
    }

    private static int UsedBytes(byte[] volume) => Array.FindLastIndex(volume, static value => value != 0) + 1;

    /// <summary>True if a content is what was put, or, unless it is needed, damaged or absent.</summary>
    private static bool IsSound(ContentStore store, byte[] content, bool isNeeded)
    {
        try
        {
            return store.TryRead(Keccak256.Hash(content), out byte[]? read) ? content.AsSpan().SequenceEqual(read) : !isNeeded;
        }
        catch (ContentDamagedException)
        {
            return !isNeeded;
        }
    }

    private static byte[] Read(ContentStore store, byte[] content) => store.TryRead(Keccak256.Hash(content), out byte[]? read) ? read : [];

    private ContentStore Open(ILogFileSystem? files = null, long maxBytes = ContentStoreOptions.DefaultMaxBytes) => ContentStore.Open(new ContentStoreOptions
    {
        Directory = _directory,
        Files = files ?? PosixFileSystem.Instance,
        MaxBytes = maxBytes,
        VolumeBytes = VolumeBytes,
    });
}
