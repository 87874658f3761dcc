using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A transaction in a block that cannot be read: of a later fork or of another chain, or with a field that is missing or malformed.</summary>
/// <param name="Index">Index in the block, from 0.</param>
/// <param name="ClaimedHash">The hash that the node claims: for any type, Keccak-256 of the EIP-2718 envelope.</param>
/// <param name="ClaimedSender">The sender that the node claims; null if it names none.</param>
/// <param name="ClaimedNonce">The nonce that the node claims; null if it names none.</param>
public sealed record RpcUnknownTransaction(int Index, Hash256 ClaimedHash, Address? ClaimedSender, Nonce? ClaimedNonce)
{
    /// <summary>Why it cannot be read.</summary>
    public RpcFailure Failure { get; init; }

    /// <summary>True when its type is unknown here.</summary>
    public bool IsForeign { get; init; }
}
