using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>A request that does not leave.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Sentence">The rule with the values that break it. No bytes of the bundle.</param>
public sealed record AttemptRefusal(PreflightRule Rule, string Sentence);
