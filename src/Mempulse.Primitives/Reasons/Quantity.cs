namespace Mempulse.Primitives.Reasons;

/// <summary>A number that a reason states.</summary>
/// <param name="Name">What it is, in camelCase.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit: wei, wei/gas, gas, blocks, seconds, microseconds, transactions, sources, nonce, block, index.</param>
public readonly record struct Quantity(string Name, UInt256 Value, string Unit);
