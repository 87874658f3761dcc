using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>An effect takes place only if an argument has a value: the direction of a swap, or which of its amounts is exact.</summary>
/// <param name="Path">The argument.</param>
/// <param name="Value">Its value as a number.</param>
public sealed record EffectCondition(ArgumentPath Path, UInt256 Value);
