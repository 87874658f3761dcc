using System.Net;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.Tests.Discovery;

/// <summary>discv4 between nodes without sockets: the test delivers each datagram and sets the time.</summary>
public sealed class V4NodeTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

    private static readonly ForkPoint Head = new(24_000_000, 1_770_000_000);

    private readonly Dictionary<IPEndPoint, V4Node> _network = [];
    private readonly Dictionary<IPEndPoint, Enode> _addresses = [];

    [Fact]
    public void Two_nodes_bond_and_find_each_other()
    {
        var alice = Add(1);
        var bob = Add(2);

        Deliver(alice, _network[alice].Ping(_addresses[bob], Start), Start);

        Assert.Equal([_addresses[bob]], _network[alice].TakeFound());
        Assert.Equal([_addresses[alice]], _network[bob].TakeFound());
    }

    [Fact]
    public void Nodes_of_another_chain_or_without_fork_id_are_in_the_table_but_not_reported()
    {
        var (alice, sepolia, none) = (Add(1), Add(2, KnownChains.Sepolia), Add(3, chain: null));

        Deliver(alice, _network[alice].Ping(_addresses[sepolia], Start), Start);
        Deliver(alice, _network[alice].Ping(_addresses[none], Start), Start);

        Assert.Empty(_network[alice].TakeFound());
        Assert.Equal((2, 2L), (_network[alice].Table.Count, _network[alice].UnwantedNodes));
    }

    [Fact]
    public void A_lost_record_is_requested_again_and_an_unsolicited_one_is_refused()
    {
        var (alice, bob) = (Add(1), Add(2));
        Deliver(alice, _network[alice].Ping(_addresses[bob], Start), Start, packet => packet is not V4Packet.RecordResponse);
        Assert.Empty(_network[alice].TakeFound());

        Deliver(alice, _network[alice].Tick(Start + TimeSpan.FromSeconds(6)), Start + TimeSpan.FromSeconds(6));

        Assert.Equal([_addresses[bob]], _network[alice].TakeFound());
        long refused = _network[alice].RefusedPackets;
        var stranger = NodeKey.Create();
        var unsolicited = new V4Packet.RecordResponse(default, NodeRecord.Sign(stranger, 1, _addresses[bob], KnownChains.Mainnet.At(Head)));
        Assert.Empty(_network[alice].Handle(V4Codec.Encode(unsolicited, stranger), bob, Start));
        Assert.Equal(refused + 1, _network[alice].RefusedPackets);
    }

    [Fact]
    public void A_third_node_is_found_through_a_common_one()
    {
        var (alice, middle, bob) = (Add(1), Add(2), Add(3));
        Deliver(alice, _network[alice].Ping(_addresses[middle], Start), Start);
        Deliver(bob, _network[bob].Ping(_addresses[middle], Start), Start);

        Deliver(alice, _network[alice].Tick(Start), Start);

        Assert.Contains(_addresses[bob], _network[alice].TakeFound());
    }

    [Fact]
    public void A_stranger_gets_no_neighbors()
    {
        var place = Add(1);
        var stranger = NodeKey.Create();
        byte[] query = V4Codec.Encode(new V4Packet.FindNode(stranger.Id, (ulong)Start.ToUnixTimeSeconds() + 10), stranger);

        Assert.Empty(_network[place].Handle(query, new IPEndPoint(IPAddress.Parse("10.9.9.9"), 1), Start));
        Assert.Equal(1, _network[place].RefusedPackets);
    }

    [Fact]
    public void An_expired_packet_is_refused()
    {
        var (alice, bob) = (Add(1), Add(2));
        var ping = Assert.Single(_network[alice].Ping(_addresses[bob], Start));

        Assert.Empty(_network[bob].Handle(ping.Bytes, alice, Start + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Unsolicited_neighbors_are_not_pinged()
    {
        var place = Add(1);
        var liar = NodeKey.Create();
        var target = new V4Neighbor(new V4Endpoint([10, 1, 1, 1], 30303, 30303), NodeKey.Create().Id);
        byte[] lie = V4Codec.Encode(new V4Packet.Neighbors([target], (ulong)Start.ToUnixTimeSeconds() + 10), liar);

        Assert.Empty(_network[place].Handle(lie, new IPEndPoint(IPAddress.Parse("10.9.9.9"), 1), Start));
    }

    [Fact]
    public void No_more_than_ten_nodes_of_one_subnet_are_kept()
    {
        var table = new NodeTable(NodeKey.Create().Id);

        for (int i = 0; i < 60; i++)
        {
            table.TryAdd(new Enode(NodeKey.Create().Id, IPAddress.Parse("10.0.0.7"), 30303, 30303), Start);
        }

        Assert.InRange(table.Count, 2, 10);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_forgotten()
    {
        var (alice, bob) = (Add(1), Add(2));
        Deliver(alice, _network[alice].Ping(_addresses[bob], Start), Start);
        Assert.Equal(1, _network[alice].Table.Count);

        _ = _network[alice].Ping(_addresses[bob], Start);
        _ = _network[alice].Tick(Start + TimeSpan.FromSeconds(6));

        Assert.Equal(0, _network[alice].Table.Count);
    }

    private IPEndPoint Add(byte number) => Add(number, KnownChains.Mainnet);

    private IPEndPoint Add(byte number, ChainForks? chain)
    {
        var key = NodeKey.Create();
        var address = new Enode(key.Id, new IPAddress([10, number, 0, 1]), 30303, 30303);
        _addresses[address.UdpEndPoint] = address;
        _network[address.UdpEndPoint] = new V4Node(
            key, address, NodeRecord.Sign(key, 1, address, chain?.At(Head)), record => record.CanBeOn(KnownChains.Mainnet, Head));
        return address.UdpEndPoint;
    }

    /// <summary>Delivers packets, and the packets sent in response, until none is left; drops those for which <paramref name="arrives"/> is false.</summary>
    private void Deliver(IPEndPoint from, IEnumerable<OutgoingPacket> packets, DateTimeOffset now, Predicate<V4Packet>? arrives = null)
    {
        foreach (var packet in packets)
        {
            bool isLost = arrives is not null && V4Codec.TryDecode(packet.Bytes, out var datagram) && !arrives(datagram!.Packet);
            if (!isLost && _network.TryGetValue(packet.To, out var receiver))
            {
                Deliver(packet.To, receiver.Handle(packet.Bytes, from, now), now, arrives);
            }
        }
    }
}
