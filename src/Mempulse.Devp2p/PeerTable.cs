using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Observability;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p;

/// <summary>The connected peers and the nodes being dialled; enforces every limit on peers.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, PeerSession> _sessions = [];
    private readonly HashSet<NodeId> _dialled = [];
    private readonly DialSchedule _schedule;
    private readonly NetworkMeter _meter;
    private readonly DialPolicy _policy;
    private readonly TimeProvider _time;

    public PeerTable(P2pOptions options, TimeProvider time)
    {
        _meter = options.Meter;
        _policy = options.Dial;
        _schedule = new DialSchedule(_policy);
        _time = time;
        foreach (var node in options.TrustedPeers)
        {
            _schedule.TryAdd(node, NodeKind.Trusted);
        }

        foreach (var node in options.StaticPeers)
        {
            _schedule.TryAdd(node, NodeKind.Static);
        }
    }

    public IReadOnlyList<PeerSession> Sessions
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions.Values];
            }
        }
    }

    public PeerSession? Find(NodeId id)
    {
        lock (_gate)
        {
            return _sessions.GetValueOrDefault(id);
        }
    }

    public bool TryAddCandidate(Enode node)
    {
        lock (_gate)
        {
            return _schedule.TryAdd(node, NodeKind.Discovered);
        }
    }

    /// <summary>Returns the reason to refuse a connection after its handshake; null when it is admitted.</summary>
    public DisconnectReason? ReasonToRefuse(NodeId id, IPAddress address, PeerDirection direction)
    {
        lock (_gate)
        {
            if (_schedule.IsBanned(id, _time.GetUtcNow()))
            {
                return DisconnectReason.UselessPeer;
            }

            if (_sessions.ContainsKey(id))
            {
                return DisconnectReason.AlreadyConnected;
            }

            bool isFull = _sessions.Count >= _policy.MaxPeers
                || (direction == PeerDirection.Inbound && _sessions.Values.Count(session => session.Peer.Direction == PeerDirection.Inbound) >= _policy.MaxInbound)
                || IsSubnetFull(address);
            return isFull && !_schedule.IsPrivileged(id) ? DisconnectReason.TooManyPeers : null;
        }
    }

    /// <summary>Adds a peer; returns the reason when it is refused after all, otherwise null.</summary>
    public DisconnectReason? TryAdd(PeerSession session)
    {
        lock (_gate)
        {
            if (ReasonToRefuse(session.Peer.Id, session.Peer.Address.Address, session.Peer.Direction) is { } reason)
            {
                return reason;
            }

            _sessions[session.Peer.Id] = session;
            _schedule.Succeeded(session.Peer.Id, _time.GetUtcNow());
            return null;
        }
    }

    /// <summary>Removes a peer, and bans it if requested.</summary>
    public void Remove(PeerSession session, bool isBanned)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _sessions.Remove(session.Peer.Id);
            _schedule.Failed(session.Peer.Id, now);
            if (isBanned)
            {
                _schedule.Ban(session.Peer.Id, now);
                _meter.Banned();
            }
        }
    }

    /// <summary>Takes the next node to dial and marks it as being dialled; null when no node is due.</summary>
    public Enode? TakeNext()
    {
        lock (_gate)
        {
            bool hasRoom = _sessions.Count + _dialled.Count < _policy.MaxPeers;
            var next = _schedule.Next(
                _time.GetUtcNow(),
                hasRoom,
                candidate => _sessions.ContainsKey(candidate.Node.Id)
                    || _dialled.Contains(candidate.Node.Id)
                    || (candidate.Kind == NodeKind.Discovered && IsSubnetFull(candidate.Node.Address)));
            if (next is not null)
            {
                _dialled.Add(next.Node.Id);
            }

            return next?.Node;
        }
    }

    /// <summary>Records the end of a dial; a node that did not become a peer backs off.</summary>
    public void DialEnded(Enode node, bool isPeer)
    {
        lock (_gate)
        {
            _dialled.Remove(node.Id);
            if (!isPeer)
            {
                _schedule.Failed(node.Id, _time.GetUtcNow());
            }
        }
    }

    /// <summary>Restores the peers of an earlier run as candidates.</summary>
    public void Restore(IEnumerable<(Enode Node, DateTimeOffset LastConnected)> nodes)
    {
        lock (_gate)
        {
            foreach (var (node, lastConnected) in nodes)
            {
                if (_schedule.TryAdd(node, NodeKind.Discovered))
                {
                    _schedule.Succeeded(node.Id, lastConnected);
                }
            }
        }
    }

    /// <summary>Returns the nodes that have been peers, for the next run.</summary>
    public IReadOnlyList<(Enode Node, DateTimeOffset LastConnected)> ToStore()
    {
        lock (_gate)
        {
            return [.. _schedule.Candidates.Where(candidate => candidate.LastConnected != default).Select(candidate => (candidate.Node, candidate.LastConnected))];
        }
    }

    private bool IsSubnetFull(IPAddress address)
    {
        string subnet = Subnet.Of(address);
        return _sessions.Values.Count(session => Subnet.Of(session.Peer.Address.Address) == subnet) >= _policy.MaxPerSubnet;
    }
}
