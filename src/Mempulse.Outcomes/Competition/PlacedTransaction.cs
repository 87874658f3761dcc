using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Competition;

/// <summary>A transaction of the block, with what its receipt says.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Succeeded">Its status.</param>
/// <param name="GasUsed">The gas that it used.</param>
public sealed record PlacedTransaction(Hash256 Hash, EvmTransaction Transaction, bool Succeeded, ulong GasUsed);
