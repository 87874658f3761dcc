namespace Mempulse.Outcomes.Competition;

/// <summary>A transaction of a block, with what its receipt says.</summary>
/// <param name="Raw">The encoded signed transaction (EIP-2718).</param>
/// <param name="Succeeded">Its status.</param>
/// <param name="GasUsed">The gas that it used.</param>
public sealed record WitnessTransaction(ReadOnlyMemory<byte> Raw, bool Succeeded, ulong GasUsed);
