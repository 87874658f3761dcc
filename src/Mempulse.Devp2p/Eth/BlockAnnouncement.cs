using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>A block that a peer has.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Number">Its number, as the peer says.</param>
public readonly record struct BlockAnnouncement(Hash256 Hash, ulong Number);
