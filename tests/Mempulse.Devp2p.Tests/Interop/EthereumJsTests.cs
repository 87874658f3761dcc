using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Tests.Interop;

/// <summary>Interoperability with an independent implementation over real sockets, in both directions: eth/68.</summary>
public sealed class EthereumJsTests
{
    private const int RequestedAtOnce = 256;

    [Fact]
    public async Task Five_thousand_real_transactions_are_announced_and_fetched_from_it()
    {
        var pool = RealPool.OfBlocks(5_000);
        Assert.Equal(5_000, pool.All.Count);
        await using var peer = EthereumJsPeer.Listen(pool.All);
        var address = await peer.WaitForAddressAsync();
        await using var node = TestNode.Start(options => options with { StaticPeers = [address] });

        await node.WaitForPeerAsync();
        await Until.TrueAsync(() => Announced(node).Count == 5_000, "all are announced");
        var fetched = await FetchAsync(node, [.. Announced(node)]);

        Assert.Equal(pool.All.Select(tx => tx.Hash).Order(), fetched.Keys.Order());
        Assert.All(pool.All, tx => Assert.Equal(Convert.ToHexString(tx.Raw), Convert.ToHexString(fetched[tx.Hash].Span)));
        Assert.Equal(68UL, node.Runtime.Peers[0].EthVersion);
        Assert.StartsWith("ethereumjs-devp2p/", node.Runtime.Peers[0].ClientName, StringComparison.Ordinal);
        Assert.Equal("0x07c9462e", (await peer.WaitForAsync("status")).GetProperty("fork").GetString());
    }

    [Fact]
    public async Task Blob_transactions_arrive_with_their_blobs()
    {
        var pool = RealPool.OfBlobs();
        await using var peer = EthereumJsPeer.Listen(pool.All);
        var address = await peer.WaitForAddressAsync();
        await using var node = TestNode.Start(options => options with { StaticPeers = [address] });

        await node.WaitForPeerAsync();
        await Until.TrueAsync(() => Announced(node).Count == pool.All.Count, "all are announced");
        var fetched = new Dictionary<Hash256, ReadOnlyMemory<byte>>();
        foreach (var tx in pool.All)
        {
            foreach (var (hash, body) in await FetchAsync(node, [tx.Hash]))
            {
                fetched[hash] = body;
            }
        }

        Assert.InRange(pool.All.Count, 10, 14);
        Assert.All(pool.All, tx => Assert.True(fetched[tx.Hash].Span.SequenceEqual(tx.Raw)));
    }

    [Fact]
    public async Task It_dials_us_and_fetches_what_we_announce()
    {
        var pool = RealPool.OfBlocks(1_000);
        await using var node = TestNode.Start(pool: pool);
        await using var peer = EthereumJsPeer.Dial(node.Runtime.Self, []);
        await node.WaitForPeerAsync();
        var id = node.Runtime.Peers[0].Id;

        foreach (var part in pool.All.Chunk(RequestedAtOnce))
        {
            Assert.True(node.Runtime.TrySend(id, new EthMessage.NewPooledTransactionHashes(
                part.Select(tx => tx.Type).ToArray(), part.Select(tx => (uint)tx.Raw.Length).ToArray(), part.Select(tx => tx.Hash).ToArray())));
        }

        await peer.WaitForAsync("delivered", line => line.GetProperty("total").GetInt32() == pool.All.Count);
        Assert.Equal(PeerDirection.Inbound, node.Runtime.Peers[0].Direction);
    }

    [Fact]
    public async Task Its_disconnect_is_reported_with_its_reason()
    {
        await using var node = TestNode.Start();
        await using var peer = EthereumJsPeer.Dial(node.Runtime.Self, []);
        await node.WaitForPeerAsync();
        await peer.WaitForAsync("status");

        peer.Disconnect((int)DisconnectReason.TooManyPeers);
        var loss = await node.WaitForLossAsync();

        Assert.Equal((DisconnectReason.TooManyPeers, true), (loss.Reason, loss.IsByPeer));
    }

    [Fact]
    public async Task It_receives_our_disconnect_when_we_close()
    {
        var node = TestNode.Start();
        await using var peer = EthereumJsPeer.Dial(node.Runtime.Self, []);
        await node.WaitForPeerAsync();
        await peer.WaitForAsync("status");

        await node.DisposeAsync();

        var removed = await peer.WaitForAsync("removed");
        Assert.Equal((int)DisconnectReason.ClientQuitting, removed.GetProperty("reason").GetInt32());
    }

    private static List<Hash256> Announced(TestNode node) =>
        [.. node.Listener.Messages.OfType<EthMessage.NewPooledTransactionHashes>().SelectMany(message => message.Hashes.ToArray())];

    private static async Task<Dictionary<Hash256, ReadOnlyMemory<byte>>> FetchAsync(TestNode node, Hash256[] hashes)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        var bodies = new Dictionary<Hash256, ReadOnlyMemory<byte>>();
        NodeId id = node.Runtime.Peers[0].Id;
        foreach (var part in hashes.Chunk(RequestedAtOnce))
        {
            var outcome = await node.Runtime.RequestPooledTransactionsAsync(id, part, TestContext.Current.CancellationToken);
            Assert.Equal(RequestStatus.Answered, outcome.Status);
            foreach (var body in outcome.Answer!.Bodies)
            {
                Assert.True(decoder.TryDecode(body.Span, TxForm.Network, out var tx, out var failure), failure.ToString());
                bodies[tx.ComputeHash()] = body;
            }
        }

        return bodies;
    }
}
