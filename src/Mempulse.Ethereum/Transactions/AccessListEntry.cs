using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>An account that an EIP-2930 access list warms, with slots of it.</summary>
/// <param name="Account">The account.</param>
/// <param name="StorageKeys">Its slots; duplicates are allowed and paid for.</param>
public sealed record AccessListEntry(Address Account, IReadOnlyList<Hash256> StorageKeys);
