using System.Net;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Tests.Discovery;

/// <summary>The table of nodes at its exact bounds.</summary>
public sealed class NodeTableTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

    private static readonly NodeId s_self = IdOf(0);

    private readonly NodeTable _table = new(s_self);

    [Fact]
    public void A_bucket_holds_sixteen_nodes_and_a_place_that_is_free_again_is_taken()
    {
        var far = Far(IPAddress.Loopback).Take(18).ToList();
        Assert.All(far.Take(16), node => Assert.True(_table.TryAdd(node, s_now)));
        Assert.False(_table.TryAdd(far[16], s_now));

        _table.Remove(far[3].Id);

        Assert.True(_table.TryAdd(far[17], s_now));
        Assert.False(_table.TryAdd(far[16], s_now));
        Assert.Equal(16, _table.Count);
    }

    [Fact]
    public void A_bucket_holds_two_nodes_of_a_subnet()
    {
        var near = Far(new IPAddress([10, 0, 0, 1])).Take(3).ToList();
        var other = Far(new IPAddress([10, 0, 1, 1])).Skip(3).First();

        Assert.Equal([true, true, false, true], new[] { near[0], near[1], near[2], other }.Select(node => _table.TryAdd(node, s_now)));
    }

    [Fact]
    public void A_node_that_is_seen_again_has_its_new_address_and_time_and_this_node_is_never_in_its_own_table()
    {
        var node = Far(IPAddress.Loopback).First();
        _table.TryAdd(node, s_now);

        Assert.True(_table.TryAdd(node with { UdpPort = 7 }, s_now.AddSeconds(1)));
        Assert.False(_table.TryAdd(node with { Id = s_self }, s_now));

        var entry = Assert.Single(_table.Entries);
        Assert.Equal((7, s_now.AddSeconds(1)), (entry.Node.UdpPort, entry.LastSeen));
    }

    [Fact]
    public void The_closest_nodes_are_those_with_the_least_distance_nearest_first()
    {
        var nodes = Enumerable.Range(1, 60).Select(i => new Enode(IdOf(i), IPAddress.Loopback, i, i)).Where(node => _table.TryAdd(node, s_now)).ToList();
        var target = IdOf(1_000).ComputeHash();

        var closest = _table.Closest(target, 5);

        var expected = nodes.OrderBy(node => Convert.ToHexString(node.Id.ComputeHash().ToArray().Zip(target.ToArray(), static (one, other) => (byte)(one ^ other)).ToArray()), StringComparer.Ordinal);
        Assert.Equal(expected.Take(5), closest);
    }

    /// <summary>Nodes of the farthest bucket, which half of all ids belong to.</summary>
    private static IEnumerable<Enode> Far(IPAddress address) =>
        Enumerable.Range(1, 200).Select(IdOf).Where(id => NodeTable.Distance(s_self.ComputeHash(), id.ComputeHash()) == 256).Select((id, i) => new Enode(id, address, i + 1, i + 1));

    private static NodeId IdOf(int number)
    {
        byte[] bytes = new byte[NodeId.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new NodeId(bytes);
    }
}
