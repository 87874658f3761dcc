namespace Mempulse.Cli.Monitoring;

/// <summary>What to request, and how often.</summary>
/// <param name="Address">The address of the node.</param>
/// <param name="Interval">Time between updates.</param>
/// <param name="Count">Number of updates.</param>
/// <param name="Form">How to show it.</param>
internal sealed record TopQuery(Uri Address, TimeSpan Interval, int Count, TopForm Form);
