using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Storage.Rules;

namespace Mempulse.Storage.Tests.Rules;

/// <summary>The contents of rules beside a log: found again, also by another process, and never taken for others when they are damaged.</summary>
public sealed class RulesStoreTests : IDisposable
{
    private readonly string _log = Directory.CreateTempSubdirectory("mempulse-rules-").FullName;

    public void Dispose() => Directory.Delete(_log, recursive: true);

    [Fact]
    public void A_content_is_found_by_its_hash_also_by_a_store_that_was_opened_before_it_was_stored()
    {
        var (writer, reader) = (Beside(), Beside());
        Assert.False(reader.TryRead(Keccak256.Hash("a"u8), out _));

        var hash = writer.Put("a"u8);

        Assert.Equal(Keccak256.Hash("a"u8), hash);
        Assert.True(reader.TryRead(hash, out var content));
        Assert.Equal("a"u8, content.Span);
        Assert.Equal(Path.Combine(_log, "rules"), reader.Place);
    }

    [Fact]
    public void Looking_for_a_content_creates_nothing()
    {
        Assert.False(Beside().TryRead(Keccak256.Hash("a"u8), out _));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_log));
    }

    [Fact]
    public void A_damaged_content_is_not_found_until_it_is_put_again()
    {
        var hash = Beside().Put("a content of some length"u8);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_log, "rules")));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^3] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.False(Beside().TryRead(hash, out _));
        Beside().Put("a content of some length"u8);

        Assert.True(Beside().TryRead(hash, out var content));
        Assert.Equal("a content of some length"u8, content.Span);
    }

    private RulesStore Beside() => RulesStore.Beside(_log, PosixFileSystem.Instance);
}
