using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Chooses the next node to dial: static nodes first, then discovered ones, each after its back-off; banned ones never.</summary>
/// <remarks>Has no clock: the caller passes the time. Not thread-safe; <see cref="PeerTable"/> guards it with its lock.</remarks>
internal sealed class DialSchedule(DialPolicy policy)
{
    /// <summary>Caps the doublings of a back-off so that the product cannot overflow.</summary>
    private const int MaxDoublings = 20;
    private const int StaticShare = 10;

    private readonly Dictionary<NodeId, Candidate> _candidates = [];
    private readonly Dictionary<NodeId, DateTimeOffset> _bans = [];

    public IEnumerable<Candidate> Candidates => _candidates.Values;

    /// <summary>Adds a node, or updates its address; false when there is no room for a discovered one.</summary>
    public bool TryAdd(Enode node, NodeKind kind)
    {
        if (_candidates.TryGetValue(node.Id, out var known))
        {
            known.Node = kind == NodeKind.Discovered && known.Kind != NodeKind.Discovered ? known.Node : node;
            known.Kind = (NodeKind)Math.Max((int)known.Kind, (int)kind);
            return true;
        }

        if (kind == NodeKind.Discovered && _candidates.Count >= policy.MaxCandidates && !TryForgetWorst())
        {
            return false;
        }

        _candidates[node.Id] = new Candidate(node, kind);
        return true;
    }

    /// <summary>True for static and trusted nodes, which are exempt from the peer limits.</summary>
    public bool IsPrivileged(NodeId id) => _candidates.TryGetValue(id, out var candidate) && candidate.Kind != NodeKind.Discovered;

    /// <summary>The candidate with this key; null for an unknown node.</summary>
    public Candidate? Find(NodeId id) => _candidates.GetValueOrDefault(id);

    /// <summary>The end of the ban of a node; null when it is not banned.</summary>
    public DateTimeOffset? BannedUntil(NodeId id, DateTimeOffset now) => IsBanned(id, now) ? _bans[id] : null;

    public bool IsBanned(NodeId id, DateTimeOffset now)
    {
        if (!_bans.TryGetValue(id, out var until))
        {
            return false;
        }

        if (until > now)
        {
            return true;
        }

        _bans.Remove(id);
        return false;
    }

    /// <summary>Bans a node for the policy's ban time; at capacity, the oldest ban is dropped.</summary>
    public void Ban(NodeId id, DateTimeOffset now)
    {
        if (_bans.Count >= policy.MaxCandidates)
        {
            _bans.Remove(_bans.MinBy(ban => ban.Value).Key);
        }

        _bans[id] = now + policy.BanTime;
    }

    /// <summary>Returns the node to dial now; null when no node is due.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="hasRoom">Whether discovered nodes may be dialled.</param>
    /// <param name="isTaken">True for a node that is connected, being dialled, or in a full subnet.</param>
    public Candidate? Next(DateTimeOffset now, bool hasRoom, Func<Candidate, bool> isTaken) => _candidates.Values
        .Where(candidate => candidate.NextDial <= now
            && (candidate.Kind == NodeKind.Static || (candidate.Kind == NodeKind.Discovered && hasRoom))
            && !IsBanned(candidate.Node.Id, now)
            && !isTaken(candidate))
        .OrderByDescending(candidate => candidate.Kind)
        .ThenBy(candidate => candidate.Failures)
        .ThenByDescending(candidate => candidate.LastConnected)
        .FirstOrDefault();

    /// <summary>Records that the node became a peer, and resets its failures.</summary>
    public void Succeeded(NodeId id, DateTimeOffset now)
    {
        if (_candidates.TryGetValue(id, out var candidate))
        {
            candidate.Failures = 0;
            candidate.FailedDials = 0;
            candidate.Failure = null;
            candidate.FailingSince = default;
            candidate.LastConnected = now;
        }
    }

    /// <summary>Records why a connection with the node did not become a peer.</summary>
    /// <returns>The candidate; null for an unknown node.</returns>
    public Candidate? NotAPeer(NodeId id, DialFailure failure, DateTimeOffset now)
    {
        if (_candidates.TryGetValue(id, out var candidate))
        {
            candidate.FailingSince = candidate.FailedDials == 0 ? now : candidate.FailingSince;
            candidate.FailedDials++;
            candidate.Failure = failure;
            candidate.LastDial = now;
        }

        return candidate;
    }

    /// <summary>Records a failed dial or a lost peer; the back-off doubles with each failure.</summary>
    public void Failed(NodeId id, DateTimeOffset now)
    {
        if (!_candidates.TryGetValue(id, out var candidate))
        {
            return;
        }

        var longest = candidate.Kind == NodeKind.Discovered ? policy.MaxBackOff : policy.MaxBackOff / StaticShare;
        var pause = policy.FirstBackOff * (1L << Math.Min(candidate.Failures, MaxDoublings));
        candidate.Failures++;
        candidate.NextDial = now + (pause < longest ? pause : longest);
    }

    /// <summary>Evicts the discovered node with the most failures; false when no discovered node has failed.</summary>
    private bool TryForgetWorst()
    {
        var worst = _candidates.Values.Where(candidate => candidate.Kind == NodeKind.Discovered).MaxBy(candidate => candidate.Failures);
        return worst is { Failures: > 0 } && _candidates.Remove(worst.Node.Id);
    }
}
