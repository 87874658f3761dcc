namespace Mempulse.AppHost.Tests;

/// <summary>One span.</summary>
public sealed record DashboardSpan(string Service, string Name, string Trace, string Id, string? Parent, DateTimeOffset Start);
