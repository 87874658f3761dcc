using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Whom to dial next: static nodes first, then found ones, each after its pause; banned ones never.</summary>
/// <remarks>Knows no clock: time is handed in. Confined to whoever holds the runtime's lock.</remarks>
internal sealed class DialSchedule(DialPolicy policy)
{
    /// <summary>A pause doubles at most so often, so that it cannot overflow.</summary>
    private const int MaxDoublings = 20;
    private const int StaticShare = 10;

    private readonly Dictionary<NodeId, Candidate> _candidates = [];
    private readonly Dictionary<NodeId, DateTimeOffset> _bans = [];

    public IEnumerable<Candidate> Candidates => _candidates.Values;

    /// <summary>Adds a node or its new address; false when there is no room for a found one.</summary>
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

    /// <summary>True for configured nodes, to which no limit applies.</summary>
    public bool IsPrivileged(NodeId id) => _candidates.TryGetValue(id, out var candidate) && candidate.Kind != NodeKind.Discovered;

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

    /// <summary>Bans a node for the policy's time; the oldest ban makes room for the newest.</summary>
    public void Ban(NodeId id, DateTimeOffset now)
    {
        if (_bans.Count >= policy.MaxCandidates)
        {
            _bans.Remove(_bans.MinBy(ban => ban.Value).Key);
        }

        _bans[id] = now + policy.BanTime;
    }

    /// <summary>The node to dial now; null when none is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hasRoom">Whether found nodes may be dialled at all.</param>
    /// <param name="isTaken">Nodes that are connected or being dialled, or for which there is no room.</param>
    public Candidate? Next(DateTimeOffset now, bool hasRoom, Func<Candidate, bool> isTaken) => _candidates.Values
        .Where(candidate => candidate.NextDial <= now
            && (candidate.Kind == NodeKind.Static || (candidate.Kind == NodeKind.Discovered && hasRoom))
            && !IsBanned(candidate.Node.Id, now)
            && !isTaken(candidate))
        .OrderByDescending(candidate => candidate.Kind)
        .ThenBy(candidate => candidate.Failures)
        .ThenByDescending(candidate => candidate.LastConnected)
        .FirstOrDefault();

    /// <summary>The node became a peer.</summary>
    public void Succeeded(NodeId id, DateTimeOffset now)
    {
        if (_candidates.TryGetValue(id, out var candidate))
        {
            candidate.Failures = 0;
            candidate.LastConnected = now;
        }
    }

    /// <summary>The node did not become a peer, or is none any more: it waits, longer after each failure.</summary>
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

    /// <summary>Makes room: the found node that failed most goes, if one has failed.</summary>
    private bool TryForgetWorst()
    {
        var worst = _candidates.Values.Where(candidate => candidate.Kind == NodeKind.Discovered).MaxBy(candidate => candidate.Failures);
        return worst is { Failures: > 0 } && _candidates.Remove(worst.Node.Id);
    }
}
