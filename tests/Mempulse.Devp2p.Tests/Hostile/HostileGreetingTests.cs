using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>Connections that break the protocol before the session opens: none becomes a peer, and each gets the reason where one can be sent.</summary>
/// <remarks>Tests with a fake clock prove that the rule ends the connection, not the timeout.</remarks>
public sealed class HostileGreetingTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, Func<EthStatus, EthStatus>> Others = new(StringComparer.Ordinal)
    {
        ["version"] = status => status with { Version = 68 },
        ["network"] = status => status with { NetworkId = 2 },
        ["genesis"] = status => status with { Genesis = KnownChains.Sepolia.Genesis },
        ["fork id"] = status => status with { ForkId = KnownChains.Sepolia.At(TestNode.Head.Point) },
        ["range of blocks"] = status => status with { EarliestBlock = status.LatestBlock + 1 },
    };

    public static TheoryData<string> OtherStatuses => [.. Others.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handshake_that_states_an_excessive_length_is_closed_without_an_answer()
    {
        await using var node = TestNode.Start(time: new FakeTimeProvider());
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(node.Runtime.Self.TcpEndPoint, Token);

        await stranger.GetStream().WriteAsync(new byte[] { 0xff, 0xff }, Token);

        Assert.Equal(0, await stranger.GetStream().ReadAsync(new byte[1], Token).AsTask().WaitAsync(s_limit, Token));
    }

    [Fact]
    public async Task A_hello_under_another_message_id_is_refused()
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start(time: new FakeTimeProvider());
        await using var bad = await RawPeer.ShakeHandsAsync(node, key, Token);

        await bad.SendUncompressedAsync(BaseProtocol.Pong, RawPeer.Hello(key.Id), Token);

        Assert.Equal(DisconnectReason.ProtocolBreach, await bad.ReadGoodbyeAsync(Token).WaitAsync(s_limit, Token));
        Assert.Empty(node.Listener.Connected);
    }

    [Fact]
    public async Task A_hello_in_the_name_of_another_node_is_refused()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ShakeHandsAsync(node, NodeKey.Create(), Token);

        await bad.SendHelloAsync(NodeKey.Create().Id, Token);

        Assert.Equal(DisconnectReason.UnexpectedIdentity, await bad.ReadGoodbyeAsync(Token));
        Assert.Empty(node.Listener.Connected);
    }

    [Fact]
    public async Task A_connection_to_itself_is_refused()
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start(options => options with { Key = key });

        var refused = await Assert.ThrowsAsync<PeerDisconnectedException>(async () => await RawPeer.ConnectAsync(node, Token, key));

        Assert.Equal(DisconnectReason.SelfConnection, refused.Reason);
        Assert.Empty(node.Listener.Connected);
    }

    /// <summary>Each status has exactly one wrong field.</summary>
    [Theory]
    [MemberData(nameof(OtherStatuses))]
    public async Task A_status_of_another_chain_is_refused_with_a_reason(string what)
    {
        await using var node = TestNode.Start();

        var refused = await Assert.ThrowsAsync<PeerDisconnectedException>(async () =>
        {
            await using var bad = await RawPeer.ConnectAsync(node, Token, change: Others[what]);
            throw new PeerDisconnectedException(await bad.ReadGoodbyeAsync(Token));
        });

        Assert.Equal(DisconnectReason.SubprotocolError, refused.Reason);
        Assert.Empty(node.Listener.Connected);
    }
}
