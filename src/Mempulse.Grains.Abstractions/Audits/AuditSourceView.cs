using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A source that was live when a slot began: a node, or the peers of a lane together.</summary>
/// <param name="Name">Its name; that of the lane for peers.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="IsPeers">True for the peers of a lane.</param>
/// <param name="Peers">Number of peers that were connected for the whole window; 0 for a node.</param>
/// <param name="Since">When it connected; for peers the first of them.</param>
/// <param name="HasGap">True when it has a gap in the window before the slot.</param>
/// <param name="HasGapAfter">True when it has one between the slot's start and the block.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-source")]
public sealed record AuditSourceView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Lane,
    [property: Id(2)] bool IsPeers,
    [property: Id(3)] int Peers,
    [property: Id(4)] UnixNanoseconds Since,
    [property: Id(5)] bool HasGap,
    [property: Id(6)] bool HasGapAfter);
