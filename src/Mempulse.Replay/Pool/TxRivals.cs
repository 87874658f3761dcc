using Mempulse.Primitives;

namespace Mempulse.Replay.Pool;

/// <summary>The transactions of the same sender and nonce that one transaction lost to and won over.</summary>
/// <param name="ReplacedBy">The one that replaced it; zero for none.</param>
/// <param name="Replaces">The one that it replaced; zero for none.</param>
internal sealed record TxRivals(Hash256 ReplacedBy, Hash256 Replaces);
