using Mempulse.Primitives;

namespace Mempulse.Builder.Refusals;

/// <summary>The last bundle that was sent under a UUID.</summary>
/// <param name="Bundle">Its id.</param>
/// <param name="Sequence">Its place in the line of bundles with the UUID.</param>
public sealed record UuidUse(Hash256 Bundle, ulong Sequence);
