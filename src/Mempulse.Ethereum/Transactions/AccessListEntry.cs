using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>An entry of an EIP-2930 access list: an account to warm, with slots of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="StorageKeys">The slots; duplicates are allowed, and each is charged.</param>
public sealed record AccessListEntry(Address Account, IReadOnlyList<Hash256> StorageKeys);
