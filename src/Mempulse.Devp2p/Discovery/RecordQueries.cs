using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>Requests the records of live nodes, and reports the nodes whose records are wanted.</summary>
/// <remarks>
/// EIP-868. Bounded. A response is accepted only from the queried node and for its latest request. Not thread-safe; see <see cref="V4Service"/>.
/// </remarks>
internal sealed class RecordQueries(NodeKey key, Predicate<NodeRecord> isWanted)
{
    private const int MaxPending = 1024;
    private const int MaxAttempts = 3;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<NodeId, Query> _pending = [];

    /// <summary>Number of nodes whose record states another chain, a stale fork id, or no fork id.</summary>
    public long UnwantedNodes { get; private set; }

    /// <summary>Requests a node's record, unless the limit of pending queries is reached.</summary>
    public IReadOnlyList<OutgoingPacket> Ask(Enode node, DateTimeOffset now, ulong expiration)
    {
        if (!_pending.TryGetValue(node.Id, out var query))
        {
            if (_pending.Count >= MaxPending)
            {
                return [];
            }

            _pending[node.Id] = query = new Query(node);
        }

        return [Send(query, now, expiration)];
    }

    /// <summary>Repeats a pending request: the node may have ignored the first because it had no endpoint proof of us yet.</summary>
    public IReadOnlyList<OutgoingPacket> AskAgain(NodeId id, DateTimeOffset now, ulong expiration) =>
        _pending.TryGetValue(id, out var query) ? [Send(query, now, expiration)] : [];

    /// <summary>Repeats requests that timed out, and drops queries after the last attempt.</summary>
    public IReadOnlyList<OutgoingPacket> Tick(DateTimeOffset now, ulong expiration)
    {
        var output = new List<OutgoingPacket>();
        foreach (var query in _pending.Values.Where(query => query.Sent + AnswerTime < now).ToList())
        {
            if (++query.Attempts >= MaxAttempts)
            {
                _pending.Remove(query.Node.Id);
            }
            else
            {
                output.Add(Send(query, now, expiration));
            }
        }

        return output;
    }

    /// <summary>Accepts a response; false when it answers no pending request.</summary>
    /// <param name="response">The response.</param>
    /// <param name="sender">The node that signed it.</param>
    /// <param name="found">The node, with the TCP port of its record; null when it is not wanted or has no TCP port.</param>
    public bool TryTake(V4Packet.RecordResponse response, NodeId sender, out Enode? found)
    {
        found = null;
        if (!_pending.TryGetValue(sender, out var query) || query.RequestHash != response.RequestHash || response.Record.Id != sender)
        {
            return false;
        }

        _pending.Remove(sender);
        if (!isWanted(response.Record))
        {
            UnwantedNodes++;
            return true;
        }

        int port = response.Record.TcpPort > 0 ? response.Record.TcpPort : query.Node.TcpPort;
        found = port > 0 ? query.Node with { TcpPort = port } : null;
        return true;
    }

    private OutgoingPacket Send(Query query, DateTimeOffset now, ulong expiration)
    {
        byte[] bytes = V4Codec.Encode(new V4Packet.RecordRequest(expiration), key);
        query.RequestHash = new Hash256(bytes.AsSpan(0, Hash256.Size));
        query.Sent = now;
        return new OutgoingPacket(query.Node.UdpEndPoint, bytes);
    }

    private sealed class Query(Enode node)
    {
        public Enode Node => node;

        public Hash256 RequestHash { get; set; }

        public DateTimeOffset Sent { get; set; }

        public int Attempts { get; set; }
    }
}
