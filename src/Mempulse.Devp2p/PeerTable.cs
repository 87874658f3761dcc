using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Metrics;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p;

/// <summary>Who is connected, who is being dialled, and who may come in: every limit on peers is kept here.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class PeerTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, PeerSession> _sessions = [];
    private readonly HashSet<NodeId> _dialled = [];
    private readonly DialSchedule _schedule;
    private readonly DialPolicy _policy;
    private readonly TimeProvider _time;

    public PeerTable(P2pOptions options, TimeProvider time)
    {
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

    /// <summary>Whether a connection that was let into its handshake may go on; the reason to give when it may not.</summary>
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

    /// <summary>Takes a peer in; the reason to give when it may not stay after all.</summary>
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

    /// <summary>Lets a peer go; one with too many offences stays away for the ban's time.</summary>
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
                NetworkMetrics.Banned();
            }
        }
    }

    /// <summary>The next node to dial, which then counts as being dialled; null when none is due.</summary>
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

    /// <summary>Dialling is over; a node that did not become a peer waits before the next time.</summary>
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

    /// <summary>Puts nodes of an earlier run back.</summary>
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

    /// <summary>Nodes that were peers, for the next run.</summary>
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
