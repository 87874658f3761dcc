using System.Net;
using System.Security.Cryptography;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>The discv4 state machine, without socket or clock: datagrams and time in, datagrams and discovered nodes out.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/discv4.md"/>, EIP-868. Only a node with an endpoint proof (it answered a ping at that
/// address) gets a response larger than its request, so this node cannot be used for amplification. A node with a record is reported once its record
/// is wanted; a node from before EIP-868 as soon as it answers. All state is bounded. Not thread-safe; <see cref="V4Service"/> guards it with its lock.
/// </remarks>
internal sealed class V4Node(NodeKey key, Enode self, NodeRecord record, Predicate<NodeRecord> isWanted)
{
    private const ulong ProtocolVersion = 4;
    private const int MaxPending = 1024;
    private const int MaxBonds = 4096;
    private const int LookupWidth = 3;
    private const int NeighborsPerPacket = 12;
    private const int NeighborsPerAnswer = 16;
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BondTime = TimeSpan.FromHours(12);

    private readonly Dictionary<Hash256, (Enode Node, DateTimeOffset Sent)> _pings = [];
    private readonly Dictionary<NodeId, DateTimeOffset> _queries = [];
    private readonly Dictionary<NodeId, (IPEndPoint EndPoint, DateTimeOffset Since)> _bonds = [];
    private readonly Queue<Enode> _found = new();
    private readonly RecordQueries _records = new(key, isWanted);

    public NodeTable Table { get; } = new(self.Id);

    /// <summary>Number of packets ignored as unsolicited, expired or invalid.</summary>
    public long RefusedPackets { get; private set; }

    /// <summary>Number of nodes whose record states another chain, a stale fork id, or no fork id.</summary>
    public long UnwantedNodes => _records.UnwantedNodes;

    /// <summary>Removes and returns the wanted nodes discovered since the last call.</summary>
    public IEnumerable<Enode> TakeFound()
    {
        while (_found.TryDequeue(out var node))
        {
            yield return node;
        }
    }

    /// <summary>Pings a node, unless the limit of pending pings is reached.</summary>
    public IReadOnlyList<OutgoingPacket> Ping(Enode node, DateTimeOffset now)
    {
        if (node.Id == self.Id || _pings.Count >= MaxPending || node.UdpPort == 0)
        {
            return [];
        }

        var ping = new V4Packet.Ping(ProtocolVersion, EndpointOf(self), EndpointOf(node), ExpirationAt(now), record.Sequence);
        byte[] bytes = V4Codec.Encode(ping, key);
        _pings[new Hash256(bytes.AsSpan(0, Hash256.Size))] = (node, now);
        return [new OutgoingPacket(node.UdpEndPoint, bytes)];
    }

    /// <summary>Drops timed-out pings and queries, and starts a lookup for a random target at the closest nodes.</summary>
    public IReadOnlyList<OutgoingPacket> Tick(DateTimeOffset now)
    {
        foreach (var (hash, (node, _)) in _pings.Where(ping => ping.Value.Sent + AnswerTime < now).ToList())
        {
            _pings.Remove(hash);
            Table.Remove(node.Id);
        }

        foreach (var id in _queries.Where(query => query.Value + AnswerTime < now).Select(query => query.Key).ToList())
        {
            _queries.Remove(id);
        }

        var target = new NodeId(RandomNumberGenerator.GetBytes(NodeId.Size));
        var output = new List<OutgoingPacket>(_records.Tick(now, ExpirationAt(now)));
        foreach (var node in Table.Closest(target.ComputeHash(), LookupWidth))
        {
            _queries[node.Id] = now;
            output.Add(new OutgoingPacket(node.UdpEndPoint, V4Codec.Encode(new V4Packet.FindNode(target, ExpirationAt(now)), key)));
        }

        return output;
    }

    /// <summary>Handles a datagram of untrusted bytes, and returns the datagrams to send.</summary>
    public IReadOnlyList<OutgoingPacket> Handle(ReadOnlySpan<byte> bytes, IPEndPoint from, DateTimeOffset now)
    {
        if (!V4Codec.TryDecode(bytes, out var datagram) || datagram!.Sender == self.Id)
        {
            return Refuse();
        }

        return datagram.Packet switch
        {
            V4Packet.Ping ping when IsTimely(ping.Expiration, now) => AnswerPing(ping, datagram, from, now),
            V4Packet.Pong pong when IsTimely(pong.Expiration, now) => TakePong(pong, datagram, from, now),
            V4Packet.FindNode find when IsTimely(find.Expiration, now) && IsBonded(datagram.Sender, from, now) => AnswerFindNode(find, from, now),
            V4Packet.Neighbors neighbors when IsTimely(neighbors.Expiration, now) && _queries.ContainsKey(datagram.Sender) => TakeNeighbors(neighbors, now),
            V4Packet.RecordRequest request when IsTimely(request.Expiration, now) && IsBonded(datagram.Sender, from, now) =>
                [new OutgoingPacket(from, V4Codec.Encode(new V4Packet.RecordResponse(datagram.Hash, record), key))],
            V4Packet.RecordResponse response => TakeRecord(response, datagram.Sender),
            _ => Refuse(),
        };
    }

    private OutgoingPacket[] Refuse()
    {
        RefusedPackets++;
        return [];
    }

    private List<OutgoingPacket> AnswerPing(V4Packet.Ping ping, V4Datagram datagram, IPEndPoint from, DateTimeOffset now)
    {
        var pong = new V4Packet.Pong(V4Endpoint.Of(from, ping.From.TcpPort), datagram.Hash, ExpirationAt(now), record.Sequence);
        var output = new List<OutgoingPacket> { new(from, V4Codec.Encode(pong, key)) };
        if (!IsBonded(datagram.Sender, from, now))
        {
            output.AddRange(Ping(new Enode(datagram.Sender, from.Address, ping.From.TcpPort, from.Port), now));
        }

        output.AddRange(_records.AskAgain(datagram.Sender, now, ExpirationAt(now))); // our pong gave it the endpoint proof
        return output;
    }

    private IReadOnlyList<OutgoingPacket> TakePong(V4Packet.Pong pong, V4Datagram datagram, IPEndPoint from, DateTimeOffset now)
    {
        if (!_pings.TryGetValue(pong.PingHash, out var ping) || ping.Node.Id != datagram.Sender || !ping.Node.UdpEndPoint.Equals(from) || ping.Sent + AnswerTime < now)
        {
            return Refuse();
        }

        _pings.Remove(pong.PingHash);
        if (_bonds.Count >= MaxBonds)
        {
            _bonds.Remove(_bonds.MinBy(bond => bond.Value.Since).Key);
        }

        bool isNew = !_bonds.ContainsKey(datagram.Sender);
        _bonds[datagram.Sender] = (from, now);
        Table.TryAdd(ping.Node, now);
        if (isNew && pong.RecordSequence is not null)
        {
            return _records.Ask(ping.Node, now, ExpirationAt(now));
        }

        if (isNew)
        {
            Find(ping.Node);
        }

        return [];
    }

    private OutgoingPacket[] TakeRecord(V4Packet.RecordResponse response, NodeId sender)
    {
        if (!_records.TryTake(response, sender, out var node))
        {
            return Refuse();
        }

        if (node is not null)
        {
            Find(node);
        }

        return [];
    }

    private void Find(Enode node)
    {
        if (node.TcpPort > 0 && _found.Count < MaxPending)
        {
            _found.Enqueue(node);
        }
    }

    /// <summary>Splits the neighbours over packets that stay below the size limit.</summary>
    private OutgoingPacket[] AnswerFindNode(V4Packet.FindNode find, IPEndPoint from, DateTimeOffset now) =>
    [
        .. Table.Closest(find.Target.ComputeHash(), NeighborsPerAnswer)
            .Select(node => new V4Neighbor(EndpointOf(node), node.Id))
            .Chunk(NeighborsPerPacket)
            .DefaultIfEmpty([])
            .Select(part => new OutgoingPacket(from, V4Codec.Encode(new V4Packet.Neighbors(part, ExpirationAt(now)), key))),
    ];

    private List<OutgoingPacket> TakeNeighbors(V4Packet.Neighbors neighbors, DateTimeOffset now)
    {
        var output = new List<OutgoingPacket>();
        foreach (var neighbor in neighbors.Nodes)
        {
            if (neighbor.Endpoint.ToAddress() is { } address && !_bonds.ContainsKey(neighbor.Id))
            {
                output.AddRange(Ping(new Enode(neighbor.Id, address, neighbor.Endpoint.TcpPort, neighbor.Endpoint.UdpPort), now));
            }
        }

        return output;
    }

    private bool IsBonded(NodeId id, IPEndPoint from, DateTimeOffset now) =>
        _bonds.TryGetValue(id, out var bond) && bond.EndPoint.Equals(from) && bond.Since + BondTime > now;

    private static bool IsTimely(ulong expiration, DateTimeOffset now) => expiration >= (ulong)now.ToUnixTimeSeconds();

    private static ulong ExpirationAt(DateTimeOffset now) => (ulong)(now + Expiry).ToUnixTimeSeconds();

    private static V4Endpoint EndpointOf(Enode node) => V4Endpoint.Of(node.UdpEndPoint, node.TcpPort);
}
