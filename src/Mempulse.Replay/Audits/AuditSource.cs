using Mempulse.Primitives;

namespace Mempulse.Replay.Audits;

/// <summary>A source that was live when a slot began: a node, or the peers of a lane together.</summary>
/// <param name="Name">Its name; that of the lane for peers.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Peers">Number of peers that were connected for the whole window; 0 for a node.</param>
/// <param name="Since">When it connected; for peers the first of them.</param>
/// <param name="HasGap">True when it has a gap in the window before the slot.</param>
/// <param name="HasGapAfter">True when it has one between the slot's start and the block.</param>
public sealed record AuditSource(string Name, string Lane, int Peers, UnixNanoseconds Since, bool HasGap, bool HasGapAfter)
{
    /// <summary>True for the peers of a lane.</summary>
    public bool IsPeers => Peers > 0 || IsLane;

    /// <summary>True for a lane of peers, also when none was connected for the whole window.</summary>
    internal bool IsLane { get; init; }
}
