using System.Text.Json;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Tests.Vectors;

namespace Mempulse.Devp2p.Tests.Records;

/// <summary>A recorded DNS tree of Holesky.</summary>
public sealed class DnsTreeTests
{
    private const string Domain = "all.holesky.ethdisco.net";
    private const string Link = "enrtree://AKA3AM6LPBYEUDMVNU3BSVQJ5AD45Y7YPOHJLEF6W26QOE4VTUDPE@" + Domain;

    /// <summary>The recording truncates branches at 253 characters, so they no longer match the hash in their name.</summary>
    [Fact]
    public async Task Entries_that_do_not_match_their_hash_are_refused_and_counted()
    {
        var content = await ReadAsync(new MapResolver());

        Assert.Equal((932U, 3, 7, true), (content.Sequence, content.Records.Count, content.RefusedEntries, content.IsComplete));
    }

    [Fact]
    public void All_115_leaves_are_authentic_under_their_names()
    {
        var leaves = new MapResolver().Texts.Where(entry => entry.Value.StartsWith("enr:", StringComparison.Ordinal)).ToList();

        Assert.Equal(115, leaves.Count);
        Assert.All(leaves, leaf => Assert.True(DnsTreeReader.IsNamedByItsHash(leaf.Key[..^(Domain.Length + 1)], leaf.Value)));
        Assert.False(DnsTreeReader.IsNamedByItsHash(leaves[0].Key[..^(Domain.Length + 1)], leaves[1].Value));
    }

    [Fact]
    public async Task A_root_with_an_invalid_signature_is_refused()
    {
        var resolver = new MapResolver();
        resolver.Texts[Domain] = resolver.Texts[Domain].Replace("seq=932", "seq=933", StringComparison.Ordinal);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(resolver));
    }

    private static Task<DnsTreeContent> ReadAsync(MapResolver resolver)
    {
        Assert.True(DnsTreeLink.TryParse(Link, out var link));
        return new DnsTreeReader(resolver).ReadAsync(link, TestContext.Current.CancellationToken);
    }

    private sealed class MapResolver : ITextResolver
    {
        public MapResolver()
        {
            using var json = DevP2pVectors.Json("besu-dns-records.json");
            Texts = json.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String).ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        }

        public Dictionary<string, string> Texts { get; }

        public Task<string?> ResolveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Texts.GetValueOrDefault(name));
    }
}
