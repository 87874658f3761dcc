using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>How large a bundle may be. Builders have limits of their own, which preflight holds against it.</summary>
/// <param name="Transactions">Most transactions.</param>
/// <param name="Bytes">Most bytes of its transactions.</param>
/// <param name="GasLimit">Highest sum of their gas limits.</param>
/// <param name="Opportunities">Most opportunities that are merged.</param>
public sealed record BundleBounds(int Transactions, int Bytes, Gas GasLimit, int Opportunities);
