using Mempulse.Primitives;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The last bundle that left for a relay under a UUID.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Sequence">Its place among the bundles with the UUID.</param>
public readonly record struct UuidStanding(Hash256 Bundle, ulong Sequence);
