using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Mainnet;

/// <summary>A call of mainnet with what became of it.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Block">Its block.</param>
/// <param name="Sender">Its sender.</param>
/// <param name="Target">Its target; null for a creation.</param>
/// <param name="Value">The ether that it sent.</param>
/// <param name="Data">Its calldata.</param>
/// <param name="Logs">Its logs; null if it failed or its receipt is not in the data.</param>
public sealed record IncludedCall(Hash256 Hash, BlockNumber Block, Address Sender, Address? Target, UInt256 Value, ReadOnlyMemory<byte> Data, IReadOnlyList<TxLog>? Logs);
