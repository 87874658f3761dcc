namespace Mempulse.Client.Audits;

/// <summary>A source that was live when the slot began: a node, or the peers of a lane together.</summary>
/// <param name="Name">Its name; that of the lane for peers.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Peers">Number of peers that were connected for the whole window; null for a node.</param>
/// <param name="Since">When it connected; for peers the first of them.</param>
/// <param name="Gap">True when it has a gap in the window before the slot.</param>
/// <param name="GapAfter">True when it has one between the slot's start and the block.</param>
public sealed record AuditSourcePart(string Name, string Lane, int? Peers, string Since, bool Gap, bool GapAfter);
