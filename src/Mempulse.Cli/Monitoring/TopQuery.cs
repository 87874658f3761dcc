namespace Mempulse.Cli.Monitoring;

/// <summary>What is asked, how often.</summary>
/// <param name="Address">The address of the status.</param>
/// <param name="Interval">Between two looks.</param>
/// <param name="Count">Looks before it ends.</param>
/// <param name="Form">How it is shown.</param>
internal sealed record TopQuery(Uri Address, TimeSpan Interval, int Count, TopForm Form);
