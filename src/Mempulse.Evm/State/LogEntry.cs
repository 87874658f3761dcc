using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A log.</summary>
/// <param name="Address">The contract that emitted the log.</param>
/// <param name="Topics">Zero to four topics.</param>
/// <param name="Data">The data.</param>
public sealed record LogEntry(Address Address, IReadOnlyList<Hash256> Topics, ReadOnlyMemory<byte> Data);
