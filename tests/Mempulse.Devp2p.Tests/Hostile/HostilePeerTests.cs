using System.Net.Sockets;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>Peers that break the protocol or exceed its limits: each is disconnected with the right reason.</summary>
public sealed class HostilePeerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_tag_ends_the_connection_as_a_breach()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendRawAsync(new byte[64], Token);

        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(loss));
        Assert.Contains("tag of a frame header", loss.Sentence, StringComparison.Ordinal);
        Assert.Equal(DisconnectReason.ProtocolBreach, await bad.ReadGoodbyeAsync(Token));
    }

    [Fact]
    public async Task A_frame_whose_body_has_a_wrong_tag_is_not_delivered()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        byte[] packed = SnappyPayload.Compress(Announcement(1));

        await bad.SendFrameAsync([RawPeer.EthOffset + EthCodes.NewPooledTransactionHashes, .. packed], Token, isTampered: true);

        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(loss));
        Assert.Contains("tag of a frame body", loss.Sentence, StringComparison.Ordinal);
        Assert.Empty(node.Listener.Messages);
    }

    [Fact]
    public async Task A_frame_without_a_valid_message_id_ends_the_connection()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendFrameAsync([0xc0, 0x00], Token);

        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(loss));
        Assert.Contains("not a valid message id", loss.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_over_the_limit_ends_the_connection_before_its_body_is_read()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendFrameStartAsync(EthLimits.MaxMessageBytes + 1, Token);

        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(await node.WaitForLossAsync()));
    }

    [Theory]
    [InlineData("8080800800")]
    [InlineData("ff")]
    public async Task A_snappy_bomb_ends_the_connection(string block)
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendUncompressedAsync(RawPeer.EthOffset + EthCodes.Transactions, Convert.FromHexString(block), Token);

        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task A_depth_bomb_is_a_malformed_message()
    {
        byte[] bomb = new byte[500_000];
        Array.Fill(bomb, (byte)0xc1);
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendAsync(RawPeer.EthOffset + EthCodes.NewPooledTransactionHashes, bomb, Token);

        Assert.Equal((DisconnectReason.SubprotocolError, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task A_replayed_auth_message_is_not_answered()
    {
        await using var node = TestNode.Start();
        Assert.True(Mempulse.Devp2p.Rlpx.InitiatorHandshake.TryStart(NodeKey.Create(), node.Runtime.Self.Id, out var handshake));

        Assert.True(await AnswerBytesAsync(node, handshake.Auth) > 0);
        Assert.Equal(0, await AnswerBytesAsync(node, handshake.Auth));
    }

    [Fact]
    public async Task A_second_status_ends_the_connection()
    {
        await using var node = TestNode.Start();
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        await bad.SendStatusAsync(null, Token);

        Assert.Equal((DisconnectReason.ProtocolBreach, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task A_peer_that_exceeds_the_message_rate_is_dropped()
    {
        await using var node = TestNode.Start(
            options => options with { Session = options.Session with { MessagesPerSecond = 1, MessagesBurst = 20 } }, time: new FakeTimeProvider());
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        for (int i = 0; i < 21; i++)
        {
            await bad.SendAsync(BaseProtocol.Pong, [0xc0], Token);
        }

        Assert.Equal((DisconnectReason.UselessPeer, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task A_flood_is_dropped_counted_and_ends_in_a_ban()
    {
        await using var node = TestNode.Start(options => options with
        {
            Session = options.Session with { ItemsPerSecond = 10, ItemsBurst = 100, MaxOffencePoints = 5 },
        });
        var key = NodeKey.Create();
        await using var bad = await RawPeer.ConnectAsync(node, Token, key);
        byte[] announcement = Announcement(60);

        for (int i = 0; i < 6; i++)
        {
            await bad.SendAsync(RawPeer.EthOffset + EthCodes.NewPooledTransactionHashes, announcement, Token);
        }

        Assert.Equal((DisconnectReason.UselessPeer, false), Of(await node.WaitForLossAsync()));
        Assert.Equal((1, 300), (node.Listener.Messages.Count, node.Listener.ThrottledItems));
        await Until.TrueAsync(() => node.Runtime.Peers.Count == 0, "the flooder is gone");
        await Assert.ThrowsAsync<PeerDisconnectedException>(async () => await RawPeer.ConnectAsync(node, Token, key));
    }

    [Fact]
    public async Task Unanswered_requests_add_up_until_the_peer_is_dropped()
    {
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxOffencePoints = 2 } }, time: time);
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        var asked = node.Runtime.RequestPooledTransactionsAsync(node.Runtime.Peers[0].Id, [default], Token);
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return asked.IsCompleted;
            },
            "the request timeout expires");

        Assert.Equal(RequestStatus.TimedOut, (await asked).Status);
        Assert.Equal((DisconnectReason.UselessPeer, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task Unsolicited_answers_add_up_until_the_peer_is_dropped()
    {
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxOffencePoints = 10 } });
        await using var bad = await RawPeer.ConnectAsync(node, Token);

        await bad.SendAsync(RawPeer.EthOffset + EthCodes.PooledTransactions, [0xc2, 0x07, 0xc0], Token);
        await bad.SendAsync(RawPeer.EthOffset + EthCodes.PooledTransactions, [0xc2, 0x07, 0xc0], Token);

        Assert.Equal((DisconnectReason.UselessPeer, false), Of(await node.WaitForLossAsync()));
    }

    [Fact]
    public async Task A_silent_connection_is_closed_at_the_handshake_timeout_and_others_are_served()
    {
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(time: time);
        using var silent = new TcpClient();
        await silent.ConnectAsync(node.Runtime.Self.TcpEndPoint, Token);
        await silent.GetStream().WriteAsync(new byte[] { 0x01, 0x80, 0x04 }, Token);
        await using var good = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        var end = silent.GetStream().ReadAsync(new byte[1], Token).AsTask();
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return end.IsCompleted;
            },
            "the silent connection is closed");

        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task A_peer_that_leaves_a_frame_incomplete_times_out()
    {
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(time: time);
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        await bad.SendRawAsync([1, 2, 3], Token);
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return !node.Listener.Losses.IsEmpty;
            },
            "the peer is lost");

        Assert.Equal((DisconnectReason.Timeout, false), Of(node.Listener.Losses.First()));
    }

    [Fact]
    public async Task Inbound_peers_beyond_the_limit_are_refused_as_too_many()
    {
        await using var node = TestNode.Start(options => options with { Dial = new DialPolicy { MaxInbound = 1 } });
        await using var first = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        var refused = await Assert.ThrowsAsync<PeerDisconnectedException>(async () => await RawPeer.ConnectAsync(node, Token));

        Assert.Equal(DisconnectReason.TooManyPeers, refused.Reason);
    }

    private static (DisconnectReason Reason, bool IsByPeer) Of(PeerLoss loss) => (loss.Reason, loss.IsByPeer);

    private static byte[] Announcement(int count)
    {
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(new EthMessage.NewPooledTransactionHashes(new byte[count], new uint[count], new Hash256[count]), output);
        return output.WrittenSpan.ToArray();
    }

    private static async Task<int> AnswerBytesAsync(TestNode node, byte[] auth)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(node.Runtime.Self.TcpEndPoint, Token);
        await client.GetStream().WriteAsync(auth, Token);
        return await client.GetStream().ReadAsync(new byte[512], Token);
    }
}
