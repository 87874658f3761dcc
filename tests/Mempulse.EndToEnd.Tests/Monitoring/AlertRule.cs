namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>An alert.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">What it compares.</param>
/// <param name="For">How long that has to hold.</param>
/// <param name="Severity">page or ticket.</param>
/// <param name="Runbook">The page that says what to do.</param>
internal sealed record AlertRule(string Name, string Expression, string For, string Severity, string Runbook);
