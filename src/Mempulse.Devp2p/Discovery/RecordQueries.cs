using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Metrics;
using Mempulse.Devp2p.Records;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Discovery;

/// <summary>Asks nodes that have answered for their records, and lets those pass whose records say that they are of use.</summary>
/// <remarks>EIP-868. Bounded; an answer counts only from who was asked and for what was asked last. Confined to the discovery loop.</remarks>
internal sealed class RecordQueries(NodeKey key, Predicate<NodeRecord> isWanted)
{
    private const int MaxPending = 1024;
    private const int MaxAttempts = 3;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<NodeId, Query> _pending = [];

    /// <summary>Nodes whose record speaks of another chain, of an old fork, or of none.</summary>
    public long UnwantedNodes { get; private set; }

    /// <summary>Asks a node, unless too many are being asked.</summary>
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

    /// <summary>Asks a node again that is being asked: it may have refused before because it did not know us yet.</summary>
    public IReadOnlyList<OutgoingPacket> AskAgain(NodeId id, DateTimeOffset now, ulong expiration) =>
        _pending.TryGetValue(id, out var query) ? [Send(query, now, expiration)] : [];

    /// <summary>Asks once more whoever has not answered in time, and gives up those asked too often.</summary>
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

    /// <summary>Takes an answer; false when nobody asked for it.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="sender">Whose it is.</param>
    /// <param name="found">The node, with the port of its record; null when it is not wanted.</param>
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
            NetworkMetrics.FoundForeignNode();
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
