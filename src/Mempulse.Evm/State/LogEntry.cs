using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A log of a contract.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">None to four.</param>
/// <param name="Data">What it says.</param>
public sealed record LogEntry(Address Address, IReadOnlyList<Hash256> Topics, ReadOnlyMemory<byte> Data);
