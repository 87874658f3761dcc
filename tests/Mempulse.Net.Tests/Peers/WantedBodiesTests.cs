using System.Net;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Peers;

/// <summary>The bodies that are wanted from peers at their exact limits, filled and emptied again and again, and handed on when a peer leaves.</summary>
public sealed class WantedBodiesTests
{
    private const int Limit = 10;

    private readonly PeerLaneOptions _options = new()
    {
        Chain = new ChainId(1), WantedBodies = Limit, BodiesPerRequest = 3, RequestsPerPeer = 2, BlobRequestsPerPeer = 1, AnnouncersPerBody = 2, RequestBytes = 1 << 10,
    };

    private readonly DecodedBodies _decoded = new(64);
    private readonly WantedBodies _wanted;
    private readonly List<BodyAsk> _asks = [];

    public WantedBodiesTests() => _wanted = new WantedBodies(_options, _decoded);

    public static TheoryData<string> Ends => ["delivered", "not delivered", "broadcast", "the peer leaves before it answers", "the peer leaves after its requests ended", "taken at the stop"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Exactly_the_limit_is_wanted_again_however_the_last_ones_ended(string end)
    {
        for (int round = 0; round < 3; round++)
        {
            _asks.Clear();
            var peer = NewPeer();
            var (unplaced, first) = Announce(peer, Enumerable.Range(round * 100, Limit + 2));
            Assert.Equal((2, Hash((round * 100) + Limit), Limit), (unplaced, first, _wanted.Count));
            Assert.Equal([3, 3], _asks.Select(static ask => ask.Bodies.Count)); // two requests of three

            switch (end)
            {
                case "delivered":
                    FinishAll(isDelivered: true);
                    Assert.Equal([3, 3, 3, 1], _asks.Select(static ask => ask.Bodies.Count));
                    break;
                case "not delivered":
                    FinishAll(isDelivered: false);
                    break;
                case "broadcast":
                    Assert.All(Enumerable.Range(round * 100, Limit), number => Assert.True(_wanted.TryClaim(Hash(number))));
                    FinishAll(isDelivered: true);
                    break;
                case "the peer leaves before it answers":
                    Assert.Equal(4, _wanted.Leave(peer, _asks).Count);
                    FinishAll(isDelivered: false);
                    break;
                case "the peer leaves after its requests ended":
                    FinishAll(isDelivered: false, count: 2);
                    Assert.Empty(_wanted.Leave(peer, _asks));
                    FinishAll(isDelivered: false);
                    break;
                default:
                    Assert.Equal(Limit, _wanted.TakeAll().Count);
                    break;
            }

            Assert.Equal(0, _wanted.Count);
            Assert.True(end == "taken at the stop" || (peer.Requests == 0 && peer.Waiting.Count == 0));
        }
    }

    [Fact]
    public void What_found_no_room_or_was_not_delivered_is_requested_at_its_next_announcement_and_what_was_delivered_is_not()
    {
        var peer = NewPeer();
        Announce(peer, Enumerable.Range(0, Limit + 1));
        FinishAll(isDelivered: false, count: 1);
        FinishAll(isDelivered: true);
        Assert.Equal(0, _wanted.Count);

        Announce(NewPeer(), Enumerable.Range(0, Limit + 1));

        Assert.Equal(4, _wanted.Count); // the three of the first request, and the one over the limit
        Assert.Equal([Hash(0), Hash(1), Hash(2), Hash(Limit)], _wanted.TakeAll().Select(static body => body.Hash).Order().OrderBy(hash => Enumerable.Range(0, Limit + 1).First(number => Hash(number) == hash)));
    }

    [Fact]
    public void Bodies_that_wait_for_a_peer_that_leaves_are_requested_from_the_next_announcer_and_given_up_without_one()
    {
        var (leaving, next) = (NewPeer(), NewPeer());
        Announce(leaving, Enumerable.Range(0, Limit));
        Announce(next, [7, 8]);
        _asks.Clear();

        var givenUp = _wanted.Leave(leaving, _asks);

        Assert.Equal([Hash(6), Hash(9)], givenUp.Select(static body => body.Hash));
        Assert.Equal((next, 8), (Assert.Single(_asks.Select(static ask => ask.Peer).Distinct()), _wanted.Count));
        Assert.Equal([Hash(7), Hash(8)], _asks.SelectMany(static ask => ask.Hashes));
        Announce(leaving, [50]);
        Assert.Equal(8, _wanted.Count); // nothing is requested from a peer that has left
    }

    [Fact]
    public void Blob_transactions_that_wait_for_a_peer_that_leaves_are_handed_on_too()
    {
        var (leaving, next) = (NewPeer(), NewPeer());
        Announce(leaving, [1, 2, 3], TxClaim.BlobType);
        Announce(next, [3], TxClaim.BlobType);
        _asks.Clear();

        var givenUp = _wanted.Leave(leaving, _asks);

        Assert.Equal([Hash(2)], givenUp.Select(static body => body.Hash));
        Assert.Equal((next, Hash(3)), (Assert.Single(_asks).Peer, _asks[0].Hashes[0]));
    }

    [Fact]
    public void As_many_announcers_as_allowed_are_asked_each_once_in_their_order()
    {
        PeerSource[] peers = [NewPeer(), NewPeer(), NewPeer()];
        Array.ForEach(peers, peer => Announce(peer, [1]));
        Announce(peers[0], [1]);

        FinishAll(isDelivered: false);

        Assert.Equal([peers[0], peers[1]], _asks.Select(static ask => ask.Peer));
        Assert.Equal(0, _wanted.Count);
    }

    [Fact]
    public void A_peer_is_asked_for_at_most_the_bytes_of_a_request_and_for_a_larger_body_alone()
    {
        var peer = NewPeer();
        _wanted.Announce(peer, [2, 2, 2, 2], [512, 512, 1, 5_000], [Hash(1), Hash(2), Hash(3), Hash(4)], _asks);
        FinishAll(isDelivered: true);

        Assert.Equal([[Hash(1), Hash(2)], [Hash(3)], [Hash(4)]], _asks.Select(static ask => ask.Hashes));
    }

    [Fact]
    public void Blob_transactions_are_requested_one_by_one_and_their_places_are_free_again()
    {
        for (int round = 0; round < 3; round++)
        {
            _asks.Clear();
            var peer = NewPeer();
            Announce(peer, Enumerable.Range(round * 10, 3), TxClaim.BlobType);
            Assert.Equal((1, 1, 0), (_asks.Count, peer.BlobRequests, peer.Requests));
            FinishAll(isDelivered: true, type: TxClaim.BlobType);
            Assert.Equal((3, 0), (_asks.Count, peer.BlobRequests));
        }
    }

    [Fact]
    public void A_copy_with_a_fault_is_requested_from_the_next_announcer_also_from_one_that_announced_during_the_check()
    {
        var (liar, honest) = (NewPeer(), NewPeer());
        Announce(liar, [1], TxClaim.BlobType);
        FinishAll(isDelivered: true, type: TxClaim.BlobType);
        Announce(honest, [1], TxClaim.BlobType);
        _asks.Clear();

        _wanted.RefuseCopy(Hash(1), liar, _asks);

        Assert.Equal(honest, Assert.Single(_asks).Peer);
        FinishAll(isDelivered: true, type: TxClaim.BlobType);
        _wanted.Accept(Hash(1));
        _asks.Clear();
        _wanted.RefuseCopy(Hash(1), honest, _asks); // it is on record
        Assert.Empty(_asks);
        Announce(liar, [1], TxClaim.BlobType);
        Assert.Empty(_asks); // a liar is not asked again
    }

    [Fact]
    public void A_delivery_counts_once_whatever_else_ended_the_request_first()
    {
        var peer = NewPeer();
        Announce(peer, [1, 2]);
        var ask = Assert.Single(_asks);
        Assert.True(_wanted.TryClaim(Hash(1)));
        Assert.False(_wanted.TryClaim(Hash(1)));

        Assert.False(_wanted.TryDeliver(ask.Bodies[0], type: 2));
        Assert.True(_wanted.TryDeliver(ask.Bodies[1], type: 2));
        Assert.False(_wanted.TryDeliver(ask.Bodies[1], type: 2));
        Assert.Empty(_wanted.Finish(ask, [false, false], _asks)); // both are settled: nothing is given up or asked again
        Assert.Single(_asks);
    }

    private static Hash256 Hash(int number) => Ingest.SampleBody.HashOf(BitConverter.GetBytes(number));

    private static PeerSource NewPeer()
    {
        var status = new EthStatus { Version = 69, NetworkId = 1, Genesis = default, ForkId = default(ForkId), Head = default };
        return new PeerSource(new PeerDescription(NodeKey.Create().Id, new IPEndPoint(IPAddress.Loopback, 1), PeerDirection.Outbound, "peer", 69, status));
    }

    private (int Count, Hash256 First) Announce(PeerSource peer, IEnumerable<int> numbers, byte type = 2)
    {
        Hash256[] hashes = [.. numbers.Select(Hash)];
        byte[] types = new byte[hashes.Length];
        Array.Fill(types, type);
        return _wanted.Announce(peer, types, new uint[hashes.Length], hashes, _asks);
    }

    /// <summary>Ends the requests, and those that follow from their end.</summary>
    private void FinishAll(bool isDelivered, int count = int.MaxValue, byte type = 2)
    {
        for (int i = 0; i < _asks.Count; i++)
        {
            var ask = _asks[i];
            if (!_ended.Add(ask) || count-- <= 0)
            {
                if (count < 0)
                {
                    _ended.Remove(ask);
                }

                continue;
            }

            foreach (var body in isDelivered ? ask.Bodies : [])
            {
                _wanted.TryDeliver(body, type);
            }

            bool[] delivered = new bool[ask.Bodies.Count];
            Array.Fill(delivered, isDelivered);
            _wanted.Finish(ask, delivered, _asks);
        }
    }

    private readonly HashSet<BodyAsk> _ended = [];
}
