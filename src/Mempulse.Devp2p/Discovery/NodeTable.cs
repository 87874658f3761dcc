using System.Net;
using System.Numerics;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>The Kademlia table: nodes in buckets of 16 by log distance from this node, with a limit per subnet.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/discv4.md#kademlia-table"/>. At most 2 nodes of one subnet in a bucket and 10 in the table;
/// loopback addresses are exempt. Not thread-safe; <see cref="V4Service"/> guards it with its lock.
/// </remarks>
internal sealed class NodeTable(NodeId self)
{
    private const int BucketSize = 16;
    private const int BucketCount = 257;
    private const int MaxPerSubnetInBucket = 2;
    private const int MaxPerSubnet = 10;

    private readonly Hash256 _self = self.ComputeHash();
    private readonly List<TableEntry>[] _buckets = [.. Enumerable.Range(0, BucketCount).Select(_ => new List<TableEntry>())];

    public int Count => _buckets.Sum(bucket => bucket.Count);

    public IEnumerable<TableEntry> Entries => _buckets.SelectMany(bucket => bucket);

    /// <summary>Adds or refreshes a node that answered a ping. A full bucket keeps its existing nodes, which are known to be live.</summary>
    public bool TryAdd(Enode node, DateTimeOffset now)
    {
        var hash = node.Id.ComputeHash();
        int distance = Distance(_self, hash);
        var bucket = _buckets[distance];
        int at = bucket.FindIndex(entry => entry.Node.Id == node.Id);
        if (at >= 0)
        {
            bucket[at] = bucket[at] with { Node = node, LastSeen = now };
            return true;
        }

        string subnet = Subnet.Of(node.Address);
        bool isAllowed = distance > 0
            && bucket.Count < BucketSize
            && (IPAddress.IsLoopback(node.Address)
                || (bucket.Count(entry => Subnet.Of(entry.Node.Address) == subnet) < MaxPerSubnetInBucket
                    && Entries.Count(entry => Subnet.Of(entry.Node.Address) == subnet) < MaxPerSubnet));
        if (isAllowed)
        {
            bucket.Add(new TableEntry(node, hash, now));
        }

        return isAllowed;
    }

    /// <summary>Removes a node that no longer answers.</summary>
    public void Remove(NodeId id) => _buckets[Distance(_self, id.ComputeHash())].RemoveAll(entry => entry.Node.Id == id);

    /// <summary>Returns up to <paramref name="count"/> nodes by XOR distance to <paramref name="target"/>, closest first.</summary>
    public IReadOnlyList<Enode> Closest(Hash256 target, int count) =>
        [.. Entries.OrderBy(entry => Xor(entry.Hash, target)).Take(count).Select(entry => entry.Node)];

    /// <summary>The log distance: position of the highest differing bit, from 1; 0 when the hashes are equal.</summary>
    internal static int Distance(Hash256 left, Hash256 right)
    {
        byte[] difference = Xor(left, right).ToArray();
        int first = Array.FindIndex(difference, next => next != 0);
        return first < 0 ? 0 : ((difference.Length - first) * 8) - (BitOperations.LeadingZeroCount(difference[first]) - 24);
    }

    private static Hash256 Xor(Hash256 left, Hash256 right)
    {
        byte[] mixed = left.ToArray();
        byte[] other = right.ToArray();
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] ^= other[i];
        }

        return new Hash256(mixed);
    }
}
