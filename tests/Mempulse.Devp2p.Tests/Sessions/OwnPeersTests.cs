using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Interop;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>Two of our own nodes on eth/69, which @ethereumjs/devp2p does not support.</summary>
public sealed class OwnPeersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_negotiate_eth_69_and_transfer_a_thousand_real_transactions()
    {
        var pool = RealPool.OfBlocks(1_000);
        await using var server = TestNode.Start(pool: pool);
        await using var client = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await client.WaitForPeerAsync();
        var id = server.Runtime.Self.Id;

        var bodies = new List<ReadOnlyMemory<byte>>();
        foreach (var part in pool.All.Chunk(256))
        {
            var outcome = await client.Runtime.RequestPooledTransactionsAsync(id, [.. part.Select(tx => tx.Hash)], Token);
            Assert.Equal(RequestStatus.Answered, outcome.Status);
            bodies.AddRange(outcome.Answer!.Bodies);
        }

        Assert.Equal(69UL, client.Runtime.Peers[0].EthVersion);
        Assert.Equal(pool.All.Select(tx => Convert.ToHexString(tx.Raw)), bodies.Select(body => Convert.ToHexString(body.Span)));
    }

    [Fact]
    public async Task Requests_for_unknown_data_get_an_empty_answer()
    {
        await using var server = TestNode.Start();
        await using var client = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await client.WaitForPeerAsync();
        var id = server.Runtime.Self.Id;

        Assert.Empty((await client.Runtime.RequestHeadersAsync(id, BlockStart.AtNumber(1), 10, HeaderOrder.Rising, Token)).Answer!.Headers);
        Assert.Empty((await client.Runtime.RequestBodiesAsync(id, [default(Hash256)], Token)).Answer!.Bodies);
        Assert.Empty((await client.Runtime.RequestReceiptsAsync(id, [default(Hash256)], Token)).Answer!.Blocks);
        Assert.Empty((await client.Runtime.RequestPooledTransactionsAsync(id, [default(Hash256)], Token)).Answer!.Bodies);
        Assert.Equal(RequestStatus.PeerGone, (await client.Runtime.RequestBodiesAsync(NodeKey.Create().Id, [], Token)).Status);
    }

    [Fact]
    public async Task The_block_range_is_announced_once_per_epoch()
    {
        await using var server = TestNode.Start();
        await using var client = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await client.WaitForPeerAsync();
        await server.WaitForPeerAsync();
        ulong start = TestNode.Head.Point.Block;

        foreach (ulong block in (ulong[])[start + 31, start + 32, start + 33, start + 64])
        {
            server.Runtime.UpdateHead(TestNode.Head with { Point = new ForkPoint(block, TestNode.Head.Point.Time) });
        }

        await Until.TrueAsync(() => client.Listener.Messages.OfType<EthMessage.BlockRangeUpdate>().Count() == 2, "both updates");
        Assert.Equal([start + 32, start + 64], client.Listener.Messages.OfType<EthMessage.BlockRangeUpdate>().Select(update => update.Latest));
    }

    /// <summary>Golden bytes of the layout of EIP-7642.</summary>
    [Fact]
    public void Messages_of_eth_69_have_the_recorded_bytes()
    {
        var hash = new Hash256(Enumerable.Repeat((byte)0xab, 32).ToArray());
        var status = new EthStatus
        {
            Version = 69,
            NetworkId = 1,
            Genesis = KnownChains.Mainnet.Genesis,
            ForkId = new ForkId(0x07c9462e, 0),
            EarliestBlock = 15_537_393,
            LatestBlock = 24_000_000,
            Head = hash,
        };

        Assert.Equal(
            "f8544501a0d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3c68407c9462e8083ed14f184016e3600a0abababababababababababababababababababababababababababababababab",
            Encode(new EthMessage.Status(status)));
        Assert.Equal(
            "ea83ed14f184016e3600a0abababababababababababababababababababababababababababababababab",
            Encode(new EthMessage.BlockRangeUpdate(15_537_393, 24_000_000, hash)));
        Assert.Equal(
            "e502c101e1a0abababababababababababababababababababababababababababababababab",
            Encode(new EthMessage.NewPooledTransactionHashes(new byte[] { 2 }, new uint[] { 1 }, new[] { hash })));
    }

    [Fact]
    public async Task A_node_that_was_a_peer_is_dialled_again_after_a_restart()
    {
        string path = Path.GetTempFileName();
        await using var server = TestNode.Start();
        await using (var first = TestNode.Start(options => options with { PeerStorePath = path, StaticPeers = [server.Runtime.Self] }))
        {
            await first.WaitForPeerAsync();
        }

        await using var second = TestNode.Start(options => options with { PeerStorePath = path });

        await second.WaitForPeerAsync();
        Assert.Equal(server.Runtime.Self.Id, second.Runtime.Peers[0].Id);
        File.Delete(path);
    }

    [Fact]
    public void Dialling_backs_off_bans_and_prefers_static_nodes()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);
        var schedule = new DialSchedule(new DialPolicy());
        var (found, configured) = (Node(1), Node(2));
        schedule.TryAdd(found, NodeKind.Discovered);
        schedule.TryAdd(configured, NodeKind.Static);

        Assert.Equal(configured, schedule.Next(now, hasRoom: true, _ => false)!.Node);
        schedule.Failed(configured.Id, now);
        Assert.Equal(found, schedule.Next(now, hasRoom: true, _ => false)!.Node);
        Assert.Null(schedule.Next(now, hasRoom: false, _ => false));
        schedule.Failed(found.Id, now);
        schedule.Failed(found.Id, now);
        Assert.Null(schedule.Next(now + TimeSpan.FromSeconds(4), hasRoom: true, _ => false));
        Assert.Equal(configured, schedule.Next(now + TimeSpan.FromSeconds(5), hasRoom: true, _ => false)!.Node);
        Assert.Equal(found, schedule.Next(now + TimeSpan.FromSeconds(10), hasRoom: true, candidate => candidate.Node == configured)!.Node);
        schedule.Ban(found.Id, now);
        Assert.Null(schedule.Next(now + TimeSpan.FromMinutes(30), hasRoom: true, candidate => candidate.Node == configured));
        Assert.NotNull(schedule.Next(now + TimeSpan.FromHours(2), hasRoom: true, candidate => candidate.Node == configured));
    }

    private static Enode Node(byte number) => new(NodeKey.Create().Id, new IPAddress([10, number, 0, 1]), 30303, 30303);

    private static string Encode(EthMessage message)
    {
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(message, output);
        return Convert.ToHexStringLower(output.WrittenSpan);
    }
}
