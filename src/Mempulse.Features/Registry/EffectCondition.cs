using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>An effect takes place only if an argument has a value, or does not have it: the direction of a swap, or which of its amounts is exact.</summary>
/// <param name="Path">The argument.</param>
/// <param name="Value">The value as a number.</param>
/// <param name="IsNot">True if the effect takes place for every other value.</param>
public sealed record EffectCondition(ArgumentPath Path, UInt256 Value, bool IsNot);
