using Mempulse.Primitives;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A transaction of a block, and the nonce that it used.</summary>
internal readonly record struct BlockUse(Hash256 Tx, SenderNonce Nonce);
