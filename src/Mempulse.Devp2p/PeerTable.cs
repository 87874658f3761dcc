using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Observability;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p;

/// <summary>The connected peers and the nodes being dialled; enforces every limit on peers.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerTable
{
    private const string BanDetail = "The node is banned here for its offences.";

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, PeerSession> _sessions = [];
    private readonly HashSet<NodeId> _dialled = [];
    private readonly DialSchedule _schedule;
    private readonly InboundLedger _inbound = new();
    private readonly NetworkMeter _meter;
    private readonly DialPolicy _policy;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startTime;
    private readonly long _startedAt;

    public PeerTable(P2pOptions options, TimeProvider time)
    {
        _meter = options.Meter;
        _policy = options.Dial;
        _schedule = new DialSchedule(_policy);
        _time = time;
        _startTime = time.GetUtcNow();
        _startedAt = time.GetTimestamp();
        foreach (var node in options.TrustedPeers)
        {
            _schedule.TryAdd(node, NodeKind.Trusted);
        }

        foreach (var node in options.StaticPeers)
        {
            _schedule.TryAdd(node, NodeKind.Static);
        }
    }

    /// <summary>The time by which nodes are dialled and bans end: the clock's at the start, and what passed since then, however the clock is set meanwhile.</summary>
    private DateTimeOffset Now => _startTime + _time.GetElapsedTime(_startedAt);

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
    public Refusal? ReasonToRefuse(NodeId id, IPAddress address, PeerDirection direction)
    {
        lock (_gate)
        {
            if (_schedule.IsBanned(id, Now))
            {
                return new Refusal(DisconnectReason.UselessPeer, DialFailureReason.Banned, BanDetail);
            }

            if (_sessions.ContainsKey(id))
            {
                return new Refusal(DisconnectReason.AlreadyConnected, DialFailureReason.AlreadyConnected, "The node is a peer already.");
            }

            if (_schedule.IsPrivileged(id))
            {
                return null;
            }

            bool isFull = _sessions.Count >= _policy.MaxPeers
                || (direction == PeerDirection.Inbound && _sessions.Values.Count(session => session.Peer.Direction == PeerDirection.Inbound) >= _policy.MaxInbound);
            return isFull ? new Refusal(DisconnectReason.TooManyPeers, DialFailureReason.PeerLimit, "This node has no room for another peer.")
                : IsSubnetFull(address) ? new Refusal(DisconnectReason.TooManyPeers, DialFailureReason.SubnetLimit, "This node has no room for another peer from this range of addresses.")
                : null;
        }
    }

    /// <summary>Adds a peer; returns the reason when it is refused after all, otherwise null.</summary>
    public Refusal? TryAdd(PeerSession session)
    {
        lock (_gate)
        {
            if (ReasonToRefuse(session.Peer.Id, session.Peer.Address.Address, session.Peer.Direction) is { } reason)
            {
                return reason;
            }

            _sessions[session.Peer.Id] = session;
            _schedule.Succeeded(session.Peer.Id, Now);
            return null;
        }
    }

    /// <summary>Removes a peer, and bans it if requested.</summary>
    public void Remove(PeerSession session, bool isBanned)
    {
        lock (_gate)
        {
            var now = Now;
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
                Now,
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
    /// <returns>The node with its failure; null when the table does not know the node, or another connection made it a peer.</returns>
    public DialledNode? DialEnded(Enode node, OpeningOutcome outcome)
    {
        lock (_gate)
        {
            _dialled.Remove(node.Id);
            if (outcome.Session is not null)
            {
                return null;
            }

            var now = Now;
            _schedule.Failed(node.Id, now);
            return Note(node.Id, outcome.Failure, now);
        }
    }

    /// <summary>Records an inbound connection that did not become a peer.</summary>
    /// <returns>The node with its failure if it is configured; null for any other.</returns>
    public DialledNode? InboundFailed(IPEndPoint address, NodeId? id, DialFailure failure)
    {
        lock (_gate)
        {
            var now = Now;
            _inbound.Add(new InboundFailure(address, id, failure, _time.GetUtcNow()));
            return id is null ? null : Note(id, failure, now);
        }
    }

    /// <summary>A snapshot of the nodes that do not become peers.</summary>
    public DialReport ReadDials()
    {
        lock (_gate)
        {
            var now = Now;
            var failing = _schedule.Candidates.Where(candidate => candidate is { Kind: NodeKind.Discovered, Failure: not null }).ToList();
            var counts = new SortedDictionary<DialFailureReason, long>(
                failing.GroupBy(candidate => candidate.Failure!.Reason).ToDictionary(group => group.Key, group => (long)group.Count()));
            return new DialReport
            {
                Configured = [.. _schedule.Candidates.Where(candidate => candidate.Kind != NodeKind.Discovered).Select(candidate => Describe(candidate, now))],
                DiscoveredNodes = _schedule.Candidates.Count(candidate => candidate.Kind == NodeKind.Discovered),
                DiscoveredFailures = counts,
                DiscoveredSample = [.. failing.OrderByDescending(candidate => candidate.LastDial).Take(DialReport.SampleSize).Select(candidate => Describe(candidate, now))],
                InboundFailures = _inbound.Counts,
                InboundSample = _inbound.Sample,
            };
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
            var wasSet = ReadWasSet();
            return [.. _schedule.Candidates.Where(candidate => candidate.LastConnected != default).Select(candidate => (candidate.Node, candidate.LastConnected + wasSet))];
        }
    }

    /// <summary>A failure of a node that another connection made a peer says nothing about the node.</summary>
    private DialledNode? Note(NodeId id, DialFailure? failure, DateTimeOffset now) =>
        failure is not null && !_sessions.ContainsKey(id) && _schedule.NotAPeer(id, failure, now) is { } candidate ? Describe(candidate, now) : null;

    private DialledNode Describe(Candidate candidate, DateTimeOffset now)
    {
        var wasSet = ReadWasSet();
        bool isConnected = _sessions.ContainsKey(candidate.Node.Id);
        var banEnd = _schedule.BannedUntil(candidate.Node.Id, now);
        var next = banEnd > candidate.NextDial ? banEnd.Value : candidate.NextDial;
        return new DialledNode
        {
            Node = candidate.Node,
            Kind = candidate.Kind,
            IsConnected = isConnected,
            Failure = banEnd is null ? candidate.Failure : new DialFailure(DialFailureReason.Banned, BanDetail),
            FailedDials = candidate.FailedDials,
            FailingSince = TimeOf(candidate.FailingSince, wasSet),
            LastDial = TimeOf(candidate.LastDial, wasSet),
            NextDial = isConnected || candidate.Kind == NodeKind.Trusted ? null : (next < now ? now : next) + wasSet,
            LastConnected = TimeOf(candidate.LastConnected, wasSet),
        };
    }

    private static DateTimeOffset? TimeOf(DateTimeOffset time, TimeSpan wasSet) => time == default ? null : time + wasSet;

    /// <summary>By how much the clock was set since the start. Less than a second is the difference of two readings.</summary>
    private TimeSpan ReadWasSet() => _time.GetUtcNow() - Now is var difference && difference.Duration() > TimeSpan.FromSeconds(1) ? difference : TimeSpan.Zero;

    private bool IsSubnetFull(IPAddress address)
    {
        string subnet = Subnet.Of(address);
        return _sessions.Values.Count(session => Subnet.Of(session.Peer.Address.Address) == subnet) >= _policy.MaxPerSubnet;
    }
}
