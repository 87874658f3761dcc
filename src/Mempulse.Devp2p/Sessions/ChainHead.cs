using Mempulse.Devp2p.Forks;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The newest block known to this node, for its status message.</summary>
/// <param name="Point">Block number and time.</param>
/// <param name="Hash">Block hash.</param>
/// <param name="TotalDifficulty">Total difficulty up to the block; required by eth/68, constant since the Merge.</param>
public sealed record ChainHead(ForkPoint Point, Hash256 Hash, UInt256 TotalDifficulty);
