using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Ethereum.Hashing;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Records;

/// <summary>Trees of EIP-1459 that are made and signed by the test.</summary>
public sealed class DnsTreeRuleTests
{
    private static readonly ForkPoint s_head = new(24_000_000, 1_770_000_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_entry_is_read_once_however_often_it_is_named()
    {
        var tree = new MadeTree("a.org");
        string record = tree.Add(Record(KnownChains.Mainnet).ToString());
        string link = tree.Add(tree.Link.Replace("a.org", "b.org", StringComparison.Ordinal));
        string branch = tree.Add($"enrtree-branch:{record},{record}");
        tree.SetRoot(tree.Add($"enrtree-branch:{branch},{record},{branch}"), link);

        var content = await new DnsTreeReader(tree).ReadAsync(tree.Parsed, Token);

        Assert.Equal((7U, 1, 0, true), (content.Sequence, content.Records.Count, content.RefusedEntries, content.IsComplete));
        Assert.Equal([tree.Link.Replace("a.org", "b.org", StringComparison.Ordinal)], content.Links);
        Assert.All(tree.LookUps, static entry => Assert.Equal(1, entry.Value));
    }

    [Theory]
    [InlineData(9_998, true)]
    [InlineData(9_999, false)]
    public async Task A_tree_of_more_entries_than_are_looked_up_is_incomplete(int children, bool isComplete)
    {
        var tree = new MadeTree("a.org");
        tree.SetRoot(tree.Add("enrtree-branch:" + string.Join(',', Enumerable.Range(0, children).Select(static i => $"missing{i}"))), tree.Add("enrtree-branch:"));

        var content = await new DnsTreeReader(tree).ReadAsync(tree.Parsed, Token);

        Assert.Equal(isComplete, content.IsComplete);
        Assert.Equal((10_001, 9_998), (tree.LookUps.Count, content.RefusedEntries)); // the root, the two lists, and the children up to the limit
    }

    [Fact]
    public async Task A_root_signed_with_another_key_is_refused()
    {
        var (tree, other) = (new MadeTree("a.org"), new MadeTree("a.org"));
        other.SetRoot("X", "Y");
        tree.Texts["a.org"] = other.Texts["a.org"];

        await Assert.ThrowsAsync<InvalidDataException>(() => new DnsTreeReader(tree).ReadAsync(tree.Parsed, Token));
    }

    [Fact]
    public async Task Trees_are_read_again_each_half_hour_a_forged_one_stops_none_and_only_nodes_of_our_chain_are_found()
    {
        var (forged, tree, time) = (new MadeTree("forged.org"), new MadeTree("a.org"), new FakeTimeProvider());
        forged.Texts["forged.org"] = "enrtree-root:v1 e=A l=B seq=1 sig=AAAA";
        var ours = Record(KnownChains.Mainnet);
        var noPlace = MadeRecord.Encode(NodeKey.Create(), MadeRecord.Pairs(NodeKey.Create()));
        tree.SetRoot(
            tree.Add($"enrtree-branch:{tree.Add(Record(KnownChains.Sepolia).ToString())},{tree.Add(ours.ToString())},{tree.Add("enr:" + Base64Url.EncodeToString(noPlace))}"),
            tree.Add("enrtree-branch:"));
        var found = new ConcurrentQueue<NodeId>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var resolver = new BothTrees(forged, tree);
        var running = new DnsTreeSource([forged.Parsed, tree.Parsed], resolver, KnownChains.Mainnet, time).RunAsync(() => s_head, node => found.Enqueue(node.Id), stop.Token);
        for (int round = 1; round <= 3; round++)
        {
            await Until.TrueAsync(() => found.Count == round, "the node of our chain");
            time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
            Assert.Equal(round, forged.LookUps["forged.org"]);
            time.Advance(TimeSpan.FromTicks(1));
        }

        await stop.CancelAsync();
        await running;

        Assert.All(found, id => Assert.Equal(ours.Id, id));
    }

    private static NodeRecord Record(ChainForks chain)
    {
        var key = NodeKey.Create();
        return NodeRecord.Sign(key, 1, new Enode(key.Id, IPAddress.Loopback, 30303, 30303), chain.At(s_head));
    }

    private sealed class BothTrees(MadeTree first, MadeTree second) : ITextResolver
    {
        public async Task<string?> ResolveAsync(string name, CancellationToken cancellationToken) =>
            await first.ResolveAsync(name, cancellationToken) ?? await second.ResolveAsync(name, cancellationToken);
    }

    /// <summary>A tree under one domain, which counts what is looked up.</summary>
    private sealed class MadeTree(string domain) : ITextResolver
    {
        private readonly NodeKey _key = NodeKey.Create();

        public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, int> LookUps { get; } = new(StringComparer.Ordinal);

        public string Link => $"enrtree://{Base32.Encode(Secp256k1.Compress(_key.Id.ToArray()))}@{domain}";

        public DnsTreeLink Parsed => DnsTreeLink.TryParse(Link, out var link) ? link : throw new InvalidOperationException(Link);

        /// <summary>Adds an entry, and returns its name.</summary>
        public string Add(string text)
        {
            string name = Base32.Encode(Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToArray().AsSpan(0, 16));
            Texts[$"{name}.{domain}"] = text;
            return name;
        }

        public void SetRoot(string entries, string links)
        {
            string root = $"enrtree-root:v1 e={entries} l={links} seq=7";
            byte[] signature = _key.Sign(Keccak256.Hash(Encoding.ASCII.GetBytes(root)).ToArray());
            Texts[domain] = $"{root} sig={Base64Url.EncodeToString(signature)}";
        }

        public Task<string?> ResolveAsync(string name, CancellationToken cancellationToken)
        {
            LookUps.AddOrUpdate(name, 1, static (_, count) => count + 1);
            return Task.FromResult(Texts.GetValueOrDefault(name));
        }
    }
}
