using System.Net;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.Tests.Discovery;

/// <summary>What discv4 remembers is bounded, expires exactly, and is free again; what was not asked for, or comes late or from elsewhere, is refused.</summary>
public sealed class V4LimitTests
{
    private const int MaxPending = 1024;
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);
    private static readonly ForkPoint s_head = new(24_000_000, 1_770_000_000);

    private readonly NodeKey _key = NodeKey.Create();
    private readonly Enode _self;
    private readonly V4Node _node;

    public V4LimitTests()
    {
        _self = new Enode(_key.Id, IPAddress.Parse("10.0.0.1"), 30303, 30303);
        _node = new V4Node(_key, _self, NodeRecord.Sign(_key, 1, _self, KnownChains.Mainnet.At(s_head)), record => record.CanBeOn(KnownChains.Mainnet, s_head));
    }

    [Fact]
    public void Exactly_as_many_pings_are_pending_as_allowed_and_the_unanswered_ones_make_room()
    {
        for (int round = 0; round < 2; round++)
        {
            var now = s_start + TimeSpan.FromMinutes(round);
            var peers = Enumerable.Range(0, MaxPending + 1).Select(i => new Peer(i)).ToList();
            Assert.All(peers.Take(MaxPending), peer => Assert.Single(_node.Ping(peer.Node, now)));
            Assert.Empty(_node.Ping(peers[^1].Node, now));

            _node.Tick(now + TimeSpan.FromSeconds(5)); // not late yet
            Assert.Empty(_node.Ping(peers[^1].Node, now));
            _node.Tick(now + TimeSpan.FromSeconds(5) + TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public void A_pong_counts_once_in_time_and_from_where_the_ping_went()
    {
        var peer = new Peer(1);
        var ping = _node.Ping(peer.Node, s_start)[0];
        byte[] pong = peer.PongTo(ping.Bytes, s_start);

        Assert.Empty(Handle(pong, new IPEndPoint(peer.Node.Address, 1), s_start));
        Assert.Empty(Handle(new Peer(1).PongTo(ping.Bytes, s_start), peer.Node.UdpEndPoint, s_start)); // signed by another key
        Assert.Empty(Handle(pong, peer.Node.UdpEndPoint, s_start + TimeSpan.FromSeconds(5) + TimeSpan.FromTicks(1)));
        Assert.Equal((3L, 0), (_node.RefusedPackets, _node.Table.Count));
        Handle(pong, peer.Node.UdpEndPoint, s_start + TimeSpan.FromSeconds(5));
        Assert.Equal((3L, 1), (_node.RefusedPackets, _node.Table.Count));
        Handle(pong, peer.Node.UdpEndPoint, s_start);
        Assert.Equal(4, _node.RefusedPackets);
    }

    [Fact]
    public void A_proven_endpoint_gets_neighbors_until_its_proof_expires_and_from_that_endpoint_only()
    {
        var peer = Bond(1, s_start);
        for (int i = 2; i <= 20; i++)
        {
            Bond(i, s_start);
        }

        byte[] FindAt(DateTimeOffset now) => peer.Sign(new V4Packet.FindNode(peer.Node.Id, ExpirationAt(now)));
        var answers = Handle(FindAt(s_start), peer.Node.UdpEndPoint, s_start).Select(Decode).Cast<V4Packet.Neighbors>().ToList();

        Assert.Equal([12, 4], answers.Select(static answer => answer.Nodes.Count)); // 16 closest, in packets below the limit of a datagram
        Assert.All(_node.Handle(FindAt(s_start), peer.Node.UdpEndPoint, s_start), static packet => Assert.InRange(packet.Bytes.Length, 1, 1280));
        Assert.Empty(Handle(FindAt(s_start), new IPEndPoint(peer.Node.Address, 1), s_start));
        var end = s_start + TimeSpan.FromHours(12);
        Assert.NotEmpty(Handle(FindAt(end), peer.Node.UdpEndPoint, end - TimeSpan.FromTicks(1)));
        Assert.Empty(Handle(FindAt(end), peer.Node.UdpEndPoint, end));
    }

    [Fact]
    public void Neighbors_are_pinged_only_after_a_question_and_while_its_answer_is_awaited()
    {
        var peer = Bond(1, s_start);
        byte[] neighbors = peer.Sign(new V4Packet.Neighbors([new V4Neighbor(V4Endpoint.Of(new Peer(2).Node.UdpEndPoint, 30303), new Peer(2).Node.Id)], ExpirationAt(s_start + TimeSpan.FromMinutes(1))));
        Assert.Empty(Handle(neighbors, peer.Node.UdpEndPoint, s_start));

        _node.Tick(s_start); // asks the only node it knows
        Assert.Single(Handle(neighbors, peer.Node.UdpEndPoint, s_start));
        _node.Tick(s_start + TimeSpan.FromSeconds(4));
        Assert.Single(Handle(neighbors, peer.Node.UdpEndPoint, s_start + TimeSpan.FromSeconds(4)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_packet_is_accepted_in_its_last_second_and_not_after_it(int secondsAfter, bool isAccepted)
    {
        var peer = new Peer(1);
        byte[] ping = peer.Sign(new V4Packet.Ping(4, V4Endpoint.Of(peer.Node.UdpEndPoint, 30303), V4Endpoint.Of(_self.UdpEndPoint, 30303), (ulong)s_start.ToUnixTimeSeconds(), null));

        Assert.Equal(isAccepted, Handle(ping, peer.Node.UdpEndPoint, s_start + TimeSpan.FromSeconds(secondsAfter)).Count > 0);
    }

    [Fact]
    public void A_record_is_requested_three_times_and_then_no_more()
    {
        var peer = new Peer(1);
        var ping = _node.Ping(peer.Node, s_start)[0];
        int requests = Handle(peer.PongTo(ping.Bytes, s_start, recordSequence: 1), peer.Node.UdpEndPoint, s_start).Count(IsRecordRequest);
        for (int i = 1; i <= 10; i++)
        {
            requests += _node.Tick(s_start + (i * TimeSpan.FromSeconds(6))).Count(IsRecordRequest);
        }

        Assert.Equal(3, requests);
    }

    private static bool IsRecordRequest(OutgoingPacket packet) => Decode(packet) is V4Packet.RecordRequest;

    private static V4Packet Decode(OutgoingPacket packet)
    {
        Assert.True(V4Codec.TryDecode(packet.Bytes, out var datagram));
        return datagram!.Packet;
    }

    private static ulong ExpirationAt(DateTimeOffset now) => (ulong)now.ToUnixTimeSeconds() + 20;

    private IReadOnlyList<OutgoingPacket> Handle(byte[] bytes, IPEndPoint from, DateTimeOffset now) => _node.Handle(bytes, from, now);

    private Peer Bond(int number, DateTimeOffset now)
    {
        var peer = new Peer(number);
        Handle(peer.PongTo(_node.Ping(peer.Node, now)[0].Bytes, now), peer.Node.UdpEndPoint, now);
        return peer;
    }

    private sealed class Peer(int number)
    {
        private readonly NodeKey _key = NodeKey.Create();

        public Enode Node => new(_key.Id, new IPAddress([10, (byte)(1 + (number >> 8)), (byte)(number & 0xff), 1]), 30303, 30303);

        public byte[] Sign(V4Packet packet) => V4Codec.Encode(packet, _key);

        public byte[] PongTo(byte[] ping, DateTimeOffset now, ulong? recordSequence = null) =>
            Sign(new V4Packet.Pong(V4Endpoint.Of(Node.UdpEndPoint, 30303), new Primitives.Hash256(ping.AsSpan(0, 32)), ExpirationAt(now), recordSequence));
    }
}
