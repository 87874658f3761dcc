using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>A pool whose state is to be held against the chain's.</summary>
/// <param name="Key">The pool.</param>
/// <param name="Cause">Why the state differs, if it does.</param>
/// <param name="Expectations">What its slots have to be.</param>
public sealed record PoolSample(PoolKey Key, DivergenceCause Cause, IReadOnlyList<SlotExpectation> Expectations);
