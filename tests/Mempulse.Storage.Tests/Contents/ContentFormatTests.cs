using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>The files in tests/vectors/contents pin docs/formats/content.md: the compressor may change, but what it once wrote must stay readable.</summary>
public sealed class ContentFormatTests : IDisposable
{
    private static readonly string s_golden = Path.Combine(AppContext.BaseDirectory, "vectors", "contents");

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-contents-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("a witness of a simulation, a witness of a simulation")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("a witness in a batch, a witness in a batch")]
    [InlineData("[{}]")]
    [InlineData("a witness in a volume, a witness in a volume")]
    [InlineData("[[]]")]
    [InlineData("a bundle, appended later")]
    public void The_golden_files_are_read(string content)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var store = ContentStore.Open(new ContentStoreOptions { Directory = s_golden });

        Assert.True(store.TryRead(Keccak256.Hash(bytes), out byte[]? read));
        Assert.Equal(bytes, read);
    }

    [Fact]
    public void Every_golden_file_is_covered_here()
    {
        Assert.Equal(3, Directory.GetFiles(s_golden, "*.mpo").Length);
        Assert.Single(Directory.GetFiles(s_golden, "*.mpb"));
        Assert.Single(Directory.GetFiles(s_golden, "*.mpv"));
    }

    [Fact]
    public void A_volume_is_written_as_it_was() // but for the frames, which the compressor decides
    {
        var options = new ContentStoreOptions { Directory = _directory, VolumeBytes = 512 };
        ContentStore.Open(options).PutAll([PreparedContent.Of(ContentKind.Witness, "a witness in a volume, a witness in a volume"u8), PreparedContent.Of(ContentKind.Trace, "[[]]"u8)]);
        ContentStore.Open(options).Put(ContentKind.Bundle, "a bundle, appended later"u8);
        byte[] golden = File.ReadAllBytes(Assert.Single(Directory.GetFiles(s_golden, "*.mpv")));
        byte[] written = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_directory)));

        Assert.Equal(golden.Length, written.Length);
        Assert.Equal(golden.AsSpan(40, 8), written.AsSpan(40, 8)); // the batch behind its record
        Assert.Equal(PlacesIn(golden), PlacesIn(written));
    }

    private List<(Hash256 Digest, uint LengthBytes)> PlacesIn(byte[] volume)
    {
        string path = Path.Combine(_directory, "volume");
        File.WriteAllBytes(path, volume);
        using var file = PosixFileSystem.Instance.Open(path, FileUse.Read);
        return [.. ContentVolumeFile.Scan(file).Places.Select(static place => (place.Digest, place.LengthBytes))];
    }

    [Theory]
    [InlineData("000000000001-*.mpo", "a witness of a simulation, a witness of a simulation")]
    [InlineData("000000000004-*.mpb", "a witness in a batch, a witness in a batch")]
    public void Every_flipped_bit_and_every_truncation_of_a_golden_file_is_damage_that_names_it(string pattern, string content)
    {
        var digest = Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(content));
        string golden = Assert.Single(Directory.GetFiles(s_golden, pattern));
        byte[] good = File.ReadAllBytes(golden);
        string path = Path.Combine(_directory, Path.GetFileName(golden));
        var flips = Enumerable.Range(0, good.Length * 8).Select(bit => good.Select((value, index) => index == bit / 8 ? (byte)(value ^ (1 << (bit % 8))) : value).ToArray());
        var cuts = Enumerable.Range(0, good.Length).Select(length => good[..length]);
        int unread = 0;
        foreach (byte[] bad in flips.Concat(cuts))
        {
            File.WriteAllBytes(path, bad);
            try
            {
                // In a batch, the damage may be in another content.
                Assert.True(ContentStore.Open(new ContentStoreOptions { Directory = _directory }).TryRead(digest, out byte[]? read));
                Assert.Equal(System.Text.Encoding.UTF8.GetBytes(content), read);
                Assert.EndsWith(".mpb", path, StringComparison.Ordinal);
            }
            catch (ContentDamagedException damage)
            {
                Assert.Contains(path, damage.Message, StringComparison.Ordinal);
                unread++;
            }
        }

        Assert.InRange(unread, good.Length * 4, good.Length * 9);
    }
}
