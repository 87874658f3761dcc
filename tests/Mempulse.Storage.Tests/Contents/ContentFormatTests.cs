using Mempulse.Ethereum.Hashing;
using Mempulse.Storage.Contents;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>tests/vectors/contents pins docs/formats/content.md by files that were written once: a compressor may change, what it wrote must be read for ever.</summary>
public sealed class ContentFormatTests
{
    private static readonly string _golden = Path.Combine(AppContext.BaseDirectory, "vectors", "contents");

    [Theory]
    [InlineData("a witness of a simulation, a witness of a simulation")]
    [InlineData("[]")]
    [InlineData("")]
    public void The_golden_files_are_read(string content)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var store = ContentStore.Open(new ContentStoreOptions { Directory = _golden });

        Assert.True(store.TryRead(Keccak256.Hash(bytes), out byte[]? read));
        Assert.Equal(bytes, read);
    }

    [Fact]
    public void Every_golden_file_is_named_here() =>
        Assert.Equal(3, Directory.GetFiles(_golden, "*.mpo").Length);
}
