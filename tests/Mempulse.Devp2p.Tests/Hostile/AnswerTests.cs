using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>Answers that are late, repeated, of another type, too many or too large; idle peers; and what a session holds when it is over.</summary>
public sealed class AnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_answer_and_one_of_another_type_are_offences_and_the_first_counts()
    {
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxOffencePoints = 10 } });
        await using var peer = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();
        var id = node.Runtime.Peers[0].Id;
        var asked = node.Runtime.RequestPooledTransactionsAsync(id, [default], Token);

        await SendAsync(peer, new EthMessage.BlockBodies(1, [])); // 5 points
        await SendAsync(peer, new EthMessage.PooledTransactions(1, [new byte[] { 0xc0 }]));
        var outcome = await asked;
        Assert.Equal((RequestStatus.Answered, 1), (outcome.Status, outcome.Answer!.Bodies.Count));
        Assert.Empty(node.Listener.Losses);
        await SendAsync(peer, new EthMessage.PooledTransactions(1, [])); // 5 more

        Assert.Equal(DisconnectReason.UselessPeer, (await node.WaitForLossAsync()).Reason);
        Assert.Equal(DisconnectReason.UselessPeer, await peer.ReadGoodbyeAsync(Token));
    }

    [Fact]
    public async Task An_answer_after_the_time_limit_is_unsolicited_and_the_place_of_its_request_is_free()
    {
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxPendingRequests = 1, RequestTimeout = TimeSpan.FromSeconds(5), MaxOffencePoints = 9 } }, time: time);
        await using var peer = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();
        var id = node.Runtime.Peers[0].Id;
        for (int round = 0; round < 2; round++)
        {
            var asked = node.Runtime.RequestPooledTransactionsAsync(id, [default], Token);
            Assert.Equal(RequestStatus.TooManyPending, (await node.Runtime.RequestPooledTransactionsAsync(id, [default], Token)).Status);
            time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
            Assert.False(asked.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(RequestStatus.TimedOut, (await asked).Status); // 2 points each
        }

        Assert.Empty(node.Listener.Losses);
        await SendAsync(peer, new EthMessage.PooledTransactions(1, [])); // late: 5 points

        Assert.Equal(DisconnectReason.UselessPeer, (await node.WaitForLossAsync()).Reason);
    }

    [Fact]
    public async Task A_peer_that_leaves_ends_its_requests_at_once_and_nothing_is_held_for_it_any_more()
    {
        await using var node = TestNode.Start();
        for (int round = 1; round <= 2; round++)
        {
            await using (var peer = await RawPeer.ConnectAsync(node, Token))
            {
                await Until.TrueAsync(() => node.Runtime.Peers.Count == 1, "connected");
                await peer.SendFrameStartAsync(1 << 20, Token, sentBytes: 1 << 19);
                await Until.TrueAsync(() => node.Runtime.HeldBytes > 1 << 18, "the frame is held");
                var asked = node.Runtime.RequestPooledTransactionsAsync(node.Runtime.Peers[0].Id, [default], Token);
                await peer.DisposeAsync();
                Assert.Equal(RequestStatus.PeerGone, (await asked).Status);
            }

            await Until.TrueAsync(() => node.Listener.Losses.Count == round, "lost");
            await Until.TrueAsync(() => node.Runtime.HeldBytes == 0 && node.Runtime.Peers.Count == 0, "nothing is held");
        }
    }

    [Fact]
    public async Task The_memory_of_a_message_is_free_once_it_is_handled()
    {
        await using var node = TestNode.Start();
        await using var peer = await RawPeer.ConnectAsync(node, Token);
        for (int i = 1; i <= 20; i++)
        {
            await SendAsync(peer, new EthMessage.NewPooledTransactionHashes(new byte[1_900], new uint[1_900], Enumerable.Range(i, 1_900).Select(static n => Ethereum.Hashing.Keccak256.Hash(BitConverter.GetBytes(n))).ToArray()));
            await Until.TrueAsync(() => node.Listener.Messages.Count == i && node.Runtime.HeldBytes == 0, "handled and free");
        }
    }

    [Fact]
    public async Task An_idle_peer_is_pinged_and_lost_only_when_it_says_nothing_for_the_time_limit()
    {
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(options => options with { Session = options.Session with { PingInterval = TimeSpan.FromSeconds(15), ReadTimeout = TimeSpan.FromSeconds(40) } }, time: time);
        await using var peer = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();
        for (int i = 0; i < 20; i++)
        {
            await peer.SendAsync(BaseProtocol.Ping, [0xc0], Token); // the session runs, and with it the timer of its pings
            Assert.Equal(BaseProtocol.Pong, (await peer.ReadAsync(Token)).Code);
        }

        for (int i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal(BaseProtocol.Ping, (await peer.ReadAsync(Token)).Code);
            await peer.SendAsync(BaseProtocol.Pong, [0xc0], Token);
            await peer.SendAsync(BaseProtocol.Ping, [0xc0], Token);
            Assert.Equal(BaseProtocol.Pong, (await peer.ReadAsync(Token)).Code);
        }

        Assert.Empty(node.Listener.Losses);
        time.Advance(TimeSpan.FromSeconds(41));
        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.Timeout, false), (loss.Reason, loss.IsByPeer));
    }

    [Theory]
    [InlineData(0x0f, DisconnectReason.ProtocolBreach)] // reserved, unused
    [InlineData(RawPeer.EthOffset + 18, DisconnectReason.ProtocolBreach)] // after the last id of eth/69
    public async Task A_message_outside_the_negotiated_protocols_ends_the_session(int code, DisconnectReason reason)
    {
        await using var node = TestNode.Start();
        await using var peer = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        await peer.SendAsync(code, [0xc0], Token);

        Assert.Equal(reason, (await node.WaitForLossAsync()).Reason);
    }

    [Fact]
    public async Task A_frame_without_a_body_ends_the_session()
    {
        await using var node = TestNode.Start();
        await using var peer = await RawPeer.ConnectAsync(node, Token);

        await peer.SendFrameAsync([], Token);

        Assert.Equal(DisconnectReason.ProtocolBreach, (await node.WaitForLossAsync()).Reason);
    }

    [Fact]
    public async Task A_response_ends_with_the_first_body_that_reaches_the_soft_limit()
    {
        var pool = new EqualPool(600_000);
        await using var server = TestNode.Start(pool: pool);
        await using var client = TestNode.Start(options => options with { StaticPeers = [server.Runtime.Self] });
        await client.WaitForPeerAsync();

        var outcome = await client.Runtime.RequestPooledTransactionsAsync(server.Runtime.Self.Id, new Hash256[10], Token);

        Assert.Equal(4, outcome.Answer!.Bodies.Count); // three are below 2 MiB
    }

    [Fact]
    public async Task A_banned_peer_is_refused_until_its_ban_ends()
    {
        var time = new FakeTimeProvider();
        var key = NodeKey.Create();
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxOffencePoints = 20 } }, time: time);
        await using (var peer = await RawPeer.ConnectAsync(node, Token, key))
        {
            await node.WaitForPeerAsync();
            node.Runtime.Penalize(key.Id, PeerOffence.InvalidTransaction);
            Assert.Equal(DisconnectReason.UselessPeer, await peer.ReadGoodbyeAsync(Token));
        }

        await Until.TrueAsync(() => node.Runtime.Peers.Count == 0, "gone");
        await Assert.ThrowsAsync<PeerDisconnectedException>(async () => await RawPeer.ConnectAsync(node, Token, key));
        time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await using var again = await RawPeer.ConnectAsync(node, Token, key);
        await Until.TrueAsync(() => node.Runtime.Peers.Count == 1, "admitted");
    }

    private static async Task SendAsync(RawPeer peer, EthMessage message)
    {
        var output = new ByteBuffer();
        int code = EthDialect.Of(69).Encode(message, output);
        await peer.SendAsync(RawPeer.EthOffset + code, output.WrittenSpan.ToArray(), Token);
    }

    private sealed class EqualPool(int bytes) : IPoolContent
    {
        public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
        {
            byte[] content = new byte[bytes];
            content[0] = 0x02;
            body = content;
            return true;
        }
    }
}
