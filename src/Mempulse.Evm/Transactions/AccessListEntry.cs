using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>An entry of an access list (EIP-2930).</summary>
/// <param name="Address">The account.</param>
/// <param name="Slots">Its slots.</param>
public sealed record AccessListEntry(Address Address, IReadOnlyList<UInt256> Slots);
