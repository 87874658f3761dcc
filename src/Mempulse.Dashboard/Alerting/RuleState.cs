using Mempulse.Primitives;

namespace Mempulse.Dashboard.Alerting;

/// <summary>A rule and what is known of it now.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Standing">Whether it fires.</param>
/// <param name="Since">Since when it holds; zero if it does not.</param>
/// <param name="Sentence">What is wrong, with its numbers; empty if it does not hold.</param>
internal sealed record RuleState(AlertRule Rule, RuleStanding Standing, UnixNanoseconds Since, string Sentence);
