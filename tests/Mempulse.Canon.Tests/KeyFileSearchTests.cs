using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Searches in the key index of a sealed segment, against a search of its entries one by one.</summary>
public sealed class KeyFileSearchTests
{
    private const string Path = "/log/a.keys";

    private readonly SimulatedFileSystem _disk = new(1);
    private readonly SegmentHeader _segment = new(Durability.Fsync, new ChainId(1), new Epoch(1), new GlobalSeq(1), null, []);
    private readonly SegmentEnd _end = new(new SegmentName(new GlobalSeq(1), new Epoch(1)), 4_096, 0);

    public KeyFileSearchTests() => _disk.CreateDirectory("/log");

    /// <summary>How the keys of an index are distributed: as hashes, at one end, all beside each other, and as powers of two.</summary>
    public static TheoryData<string> Distributions => ["hashes", "low", "near", "powers", "one"];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Every_key_is_found_with_all_its_ordinals_and_no_other_is(string distribution)
    {
        List<KeyEntry> entries = [.. Enumerable.Range(0, 20_000).Select(i => new KeyEntry(ValueOf(distribution, i), Mixed(i + 1_000_000) % 3, (uint)(Mixed(i + 2_000_000) % 6), (uint)i))];
        KeyFile.Write(_disk, Path, _segment, _end, [.. entries]);
        var search = new KeyFileSearch(_disk, Path, _segment, _end);
        var expected = entries.ToLookup(static entry => entry with { Ordinal = 0 }, static entry => entry.Ordinal);

        foreach (var wanted in expected.Select(static group => group.Key).Concat(entries.Take(2_000).Select(static entry => entry with { High = entry.High ^ 5, Ordinal = 0 })).Append(default).Append(new KeyEntry(ulong.MaxValue, ulong.MaxValue, 5, 0)).Append(new KeyEntry(1, 1, 99, 0)))
        {
            List<uint> found = [];
            Assert.True(search.TryFind(wanted, found));
            Assert.Equal(expected[wanted].Order(), found);
        }
    }

    [Fact]
    public void A_search_for_a_hash_reads_a_few_blocks_of_a_large_index()
    {
        List<KeyEntry> entries = [.. Enumerable.Range(0, 200_000).Select(i => new KeyEntry(Mixed(i), (ulong)i, (uint)(i % 3), (uint)i))];
        KeyFile.Write(_disk, Path, _segment, _end, [.. entries]);
        var counted = new CountedReads(_disk);
        var search = new KeyFileSearch(counted, Path, _segment, _end);
        Assert.True(search.TryFind(entries[0] with { Ordinal = 0 }, [])); // finds where the kinds begin

        counted.Reads = 0;
        foreach (var entry in entries.Take(1_000))
        {
            List<uint> found = [];
            Assert.True(search.TryFind(entry with { Ordinal = 0 }, found));
            Assert.Equal([entry.Ordinal], found);
        }

        Assert.InRange(counted.Reads, 1_000, 3_000); // 1,177 blocks: halving alone reads about 11
    }

    [Fact]
    public void A_block_that_is_damaged_after_a_search_is_noticed_by_the_next()
    {
        List<KeyEntry> entries = [.. Enumerable.Range(0, 1_000).Select(static i => new KeyEntry((ulong)i << 54, 0, 0, (uint)i))];
        KeyFile.Write(_disk, Path, _segment, _end, [.. entries]);
        var search = new KeyFileSearch(_disk, Path, _segment, _end);
        Assert.True(search.TryFind(entries[500] with { Ordinal = 0 }, []));

        using (var file = _disk.Open(Path, FileUse.Write))
        {
            file.Write(new byte[KeyFileLayout.BlockBytes * 6], KeyFileLayout.BlockBytes);
        }

        Assert.False(search.TryFind(entries[500] with { Ordinal = 0 }, []));
    }

    private static ulong ValueOf(string distribution, int i) => distribution switch
    {
        "hashes" => Mixed(i),
        "low" => Mixed(i) % 5_000,
        "near" => ulong.MaxValue - (Mixed(i) % 5_000),
        "powers" => 1UL << (int)(Mixed(i) % 64),
        _ => 42,
    };

    /// <summary>A number as scattered as a hash (splitmix64).</summary>
    private static ulong Mixed(int i)
    {
        unchecked
        {
            ulong value = ((ulong)i + 1) * 0x9e37_79b9_7f4a_7c15;
            value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
            value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
            return value ^ (value >> 31);
        }
    }

    /// <summary>Counts what is read of files.</summary>
    private sealed class CountedReads(ILogFileSystem inner) : ILogFileSystem
    {
        public int Reads { get; set; }

        public void CreateDirectory(string directory) => inner.CreateDirectory(directory);

        public IReadOnlyList<string> List(string directory) => inner.List(directory);

        public bool Exists(string path) => inner.Exists(path);

        public ILogFile Create(string path) => inner.Create(path);

        public ILogFile Open(string path, FileUse use) => new CountedFile(inner.Open(path, use), () => Reads++);

        public void Rename(string path, string newPath) => inner.Rename(path, newPath);

        public void Delete(string path) => inner.Delete(path);

        public void SyncDirectory(string directory) => inner.SyncDirectory(directory);

        public bool IsLocked(string path) => inner.IsLocked(path);

        public IDisposable? TryLock(string path) => inner.TryLock(path);
    }

    private sealed class CountedFile(ILogFile inner, Action reading) : ILogFile
    {
        public string Path => inner.Path;

        public bool IsAtPath => inner.IsAtPath;

        public long LengthBytes => inner.LengthBytes;

        public int Read(Span<byte> destination, long offset)
        {
            reading();
            return inner.Read(destination, offset);
        }

        public void Write(ReadOnlySpan<byte> source, long offset) => inner.Write(source, offset);

        public void Allocate(long lengthBytes) => inner.Allocate(lengthBytes);

        public void Truncate(long lengthBytes) => inner.Truncate(lengthBytes);

        public void Sync() => inner.Sync();

        public void Dispose() => inner.Dispose();
    }
}
