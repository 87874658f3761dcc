using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A transaction in a block, of a type that is not known here: a later fork's, or another chain's own.</summary>
/// <param name="Index">Its place in the block, from 0.</param>
/// <param name="ClaimedHash">The hash the node gives: Keccak-256 of its EIP-2718 envelope, whatever the type.</param>
/// <param name="ClaimedSender">The sender the node gives; null where it gives none.</param>
/// <param name="ClaimedNonce">The nonce the node gives; null where it gives none.</param>
public sealed record RpcUnknownTransaction(int Index, Hash256 ClaimedHash, Address? ClaimedSender, Nonce? ClaimedNonce);
