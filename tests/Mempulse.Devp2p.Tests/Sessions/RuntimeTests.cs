using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Tests.Hostile;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>What the runtime does with its places for handshakes, its head and its peers' greetings.</summary>
public sealed class RuntimeTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_only_place_for_a_handshake_is_free_again_however_a_dial_ends()
    {
        await using var first = TestNode.Start();
        await using var second = TestNode.Start();
        await using var otherChain = TestNode.Start(options => options with { Forks = KnownChains.Sepolia });
        await using var node = TestNode.Start(options => options with
        {
            StaticPeers = [Closed(), Closed(), otherChain.Runtime.Self, first.Runtime.Self, second.Runtime.Self],
            Dial = options.Dial with { MaxHandshakes = 1 },
        });

        await Until.TrueAsync(() => node.Runtime.Peers.Count == 2 && node.Runtime.Dials.Configured.Count(static dialled => dialled.Failure is not null) == 3, "all five were dialled");
    }

    [Fact]
    public async Task A_connection_over_the_limit_of_handshakes_is_closed_and_on_record_and_the_next_has_its_place()
    {
        await using var node = TestNode.Start(options => options with { Dial = options.Dial with { MaxHandshakes = 1 } });
        var silent = new TcpClient();
        await silent.ConnectAsync(node.Runtime.Self.TcpEndPoint, Token);
        using var refused = new TcpClient();
        await refused.ConnectAsync(node.Runtime.Self.TcpEndPoint, Token);

        Assert.Equal(0, await refused.GetStream().ReadAsync(new byte[1], Token).AsTask().WaitAsync(s_limit, Token));
        await Until.TrueAsync(() => node.Runtime.Dials.InboundFailures.ContainsKey(DialFailureReason.PeerLimit), "the refusal is counted");
        silent.Dispose();

        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    await using var peer = await RawPeer.ConnectAsync(node, Token);
                    return true;
                }
                catch (Exception failure) when (failure is IOException or SocketException)
                {
                    return false; // the first connection is not gone yet
                }
            },
            "a peer has the place");
    }

    [Fact]
    public async Task A_head_that_falls_back_is_taken_and_a_peer_of_eth_68_gets_no_ranges()
    {
        await using var server = TestNode.Start();
        await using var old = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self], EthVersions = [68] });
        await using var current = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await Until.TrueAsync(() => server.Runtime.Peers.Count == 2, "both are connected");
        ulong start = TestNode.Head.Point.Block;

        foreach (ulong block in (ulong[])[start - 100, start + 32])
        {
            server.Runtime.UpdateHead(TestNode.Head with { Point = new ForkPoint(block, TestNode.Head.Point.Time) });
        }

        await Until.TrueAsync(() => current.Listener.Messages.OfType<EthMessage.BlockRangeUpdate>().Any(), "the update");
        Assert.Equal([start + 32], current.Listener.Messages.OfType<EthMessage.BlockRangeUpdate>().Select(static update => update.Latest));
        Assert.Empty(old.Listener.Messages.OfType<EthMessage.BlockRangeUpdate>());
        Assert.Equal(2, server.Runtime.Peers.Count);
    }

    [Fact]
    public async Task A_ping_before_the_status_is_answered_and_a_pong_is_ignored()
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start();
        await using var peer = await RawPeer.ShakeHandsAsync(node, key, Token);
        await peer.SendHelloAsync(key.Id, Token);
        await peer.ReadHelloAsync(Token);
        await peer.SendAsync(BaseProtocol.Pong, [0xc0], Token);
        await peer.SendAsync(BaseProtocol.Ping, [0xc0], Token);

        var messages = new List<int> { (await peer.ReadAsync(Token)).Code, (await peer.ReadAsync(Token)).Code };
        await peer.SendStatusAsync(null, Token);

        Assert.Equal([BaseProtocol.Pong, RawPeer.EthOffset + EthCodes.Status], messages.Order());
        await node.WaitForPeerAsync();
    }

    [Fact]
    public async Task A_listener_that_unsubscribed_hears_nothing_and_the_others_still_do()
    {
        await using var server = TestNode.Start();
        var gone = new RecordingListener();
        server.Runtime.Subscribe(gone).Dispose(); // before a node dials: until then it hears everything

        await using var node = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await server.WaitForPeerAsync();

        Assert.Empty(gone.Connected);
    }

    private static Enode Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Enode(NodeKey.Create().Id, IPAddress.Loopback, port, port);
    }
}
