namespace Mempulse.Dashboard.Alerting;

/// <summary>A rule of the alerts that ship with the node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">When it holds, in PromQL.</param>
/// <param name="For">How long it must hold before it fires.</param>
/// <param name="IsPage">True if somebody has to act now, false for a ticket.</param>
/// <param name="Summary">What is wrong, with places for labels and the value.</param>
/// <param name="Runbook">The name of its runbook.</param>
internal sealed record AlertRule(string Name, string Expression, TimeSpan For, bool IsPage, string Summary, string Runbook);
