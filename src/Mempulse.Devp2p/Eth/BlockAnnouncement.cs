using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>A block announced by a peer.</summary>
/// <param name="Hash">The block hash.</param>
/// <param name="Number">The block number; the peer's claim, not verified.</param>
public readonly record struct BlockAnnouncement(Hash256 Hash, ulong Number);
