using System.Text;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Mempulse.Testing;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>A content that many others name, such as the code of a contract: it is in each file with those that name it, once, and leaves with them.</summary>
public sealed class NamedContentTests
{
    private const int VolumeBytes = 1 << 12;
    private const string Sims = "/sims";

    private static readonly byte[] s_code = new SeededBytes(5).Next(900);

    private readonly SimulatedFileSystem _disk = new(seed: 3);

    [Fact]
    public void It_is_in_every_file_once_however_many_name_it()
    {
        var store = Open();
        for (int number = 0; number < 100; number++)
        {
            Put(number % 7 == 0 ? store = Open() : store, number); // also by a later process
        }

        var files = _disk.List(Sims);
        Assert.InRange(files.Count, 2, 10);
        Assert.All(files, file => Assert.Equal(1, Occurrences(_disk.ReadAllBytes(Path.Combine(Sims, file)), Keccak256.Hash(s_code).ToArray())));
        Assert.True(store.TryRead(Keccak256.Hash(s_code), out byte[]? code));
        Assert.Equal(s_code, code);
    }

    [Fact]
    public void It_is_there_as_long_as_one_that_names_it()
    {
        const int MaxBytes = 8 * VolumeBytes;
        var store = Open(MaxBytes);
        for (int number = 0; number < 400; number++)
        {
            Put(store, number);
            Assert.True(store.TryRead(Keccak256.Hash(s_code), out _));
        }

        Assert.InRange(_disk.List(Sims).Count, 7, 8);
        Assert.False(store.TryRead(Keccak256.Hash(Content(0)), out _));
        Put(store, 1_000, code: new SeededBytes(6).Next(900)); // the first code is named no longer
        for (int number = 1_001; number < 1_400; number++)
        {
            Put(store, number, new SeededBytes(6).Next(900));
        }

        Assert.False(store.TryRead(Keccak256.Hash(s_code), out _));
    }

    [Fact]
    public void A_batch_that_gets_a_file_of_its_own_has_it_too()
    {
        var store = Open();
        Put(store, 1);
        byte[] large = new SeededBytes(9).Next(2 * VolumeBytes);
        store.PutAll([PreparedContent.Of(ContentKind.Witness, large)], [PreparedContent.Of(ContentKind.Code, s_code)]);
        Put(store, 2);

        var files = _disk.List(Sims);
        Assert.Equal([".mpv", ".mpb", ".mpv"], files.Order(StringComparer.Ordinal).Select(Path.GetExtension));
        Assert.All(files, file => Assert.Equal(1, Occurrences(_disk.ReadAllBytes(Path.Combine(Sims, file)), Keccak256.Hash(s_code).ToArray())));
    }

    [Fact]
    public void A_damaged_one_is_written_again_by_the_next_process_that_puts_one_that_names_it()
    {
        Put(Open(), 1);
        string file = Path.Combine(Sims, Assert.Single(_disk.List(Sims)));
        _disk.FlipBit(file, ContentVolumeFile.RecordBytes + 8 + (2 * 48) + 100, bit: 3); // in the frame of the code, which comes first
        Assert.Throws<ContentDamagedException>(() => Open().TryRead(Keccak256.Hash(s_code), out _));

        Assert.Contains(Keccak256.Hash(Content(1)), Put(Open(), 1)); // the content itself is whole
        Assert.True(Open().TryRead(Keccak256.Hash(s_code), out _));
        Put(Open(), 2);
        Assert.True(Open().TryRead(Keccak256.Hash(s_code), out _));
    }

    [Fact]
    public void A_crash_at_any_call_leaves_no_content_without_it()
    {
        bool isOver = false;
        int crashes = 0;
        for (int crashAt = 1; !isOver; crashAt++)
        {
            var disk = new SimulatedFileSystem(seed: (ulong)crashAt);
            var acknowledged = new List<int>();
            int call = 0;
            disk.Faults = _ => ++call == crashAt ? DiskFault.CrashDuring : DiskFault.None;
            try
            {
                var store = Open(disk);
                for (int number = 0; number < 40; number++)
                {
                    Put(store, number);
                    acknowledged.Add(number);
                }

                isOver = true;
            }
            catch (SimulatedCrashException)
            {
                crashes++;
            }

            disk.Faults = static _ => DiskFault.None;
            disk.LosePower();
            var after = Open(disk);
            Assert.All(acknowledged, number => Assert.True(after.TryRead(Keccak256.Hash(Content(number)), out _)));
            Assert.True(acknowledged.Count == 0 || after.TryRead(Keccak256.Hash(s_code), out _), $"crash at call {crashAt}");
        }

        Assert.InRange(crashes, 40, 400);
    }

    private static byte[] Content(int number) => Encoding.UTF8.GetBytes($"content {number}");

    private static IReadOnlySet<Hash256> Put(ContentStore store, int number, byte[]? code = null) =>
        store.PutAll([PreparedContent.Of(ContentKind.Witness, Content(number))], [PreparedContent.Of(ContentKind.Code, code ?? s_code)]);

    private static int Occurrences(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sought)
    {
        int count = 0;
        for (int at = bytes.IndexOf(sought); at >= 0; at = bytes.IndexOf(sought))
        {
            count++;
            bytes = bytes[(at + 1)..];
        }

        return count;
    }

    private ContentStore Open(long maxBytes = 1 << 20) => Open(_disk, maxBytes);

    private static ContentStore Open(ILogFileSystem disk, long maxBytes = 1 << 20) =>
        ContentStore.Open(new ContentStoreOptions { Directory = Sims, MaxBytes = maxBytes, VolumeBytes = VolumeBytes, Files = disk });
}
