using Mempulse.Primitives;

namespace Mempulse.Dashboard.Alerting;

/// <summary>An alert that ended.</summary>
/// <param name="Alert">The alert as it was last.</param>
/// <param name="EndedAt">When it no longer held.</param>
internal sealed record EndedAlert(RuleState Alert, UnixNanoseconds EndedAt);
