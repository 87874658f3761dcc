using Mempulse.Devp2p.Forks;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The newest block that this node knows of, for its status.</summary>
/// <param name="Point">Number and time.</param>
/// <param name="Hash">Hash.</param>
/// <param name="TotalDifficulty">Of the chain up to it; eth/68 asks for it, since the merge it stands still.</param>
public sealed record ChainHead(ForkPoint Point, Hash256 Hash, UInt256 TotalDifficulty);
