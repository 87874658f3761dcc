namespace Mempulse.Evm.Tests.StateTests;

/// <summary>How one entry of a state test came out.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Fork">The fork as the suite names it.</param>
/// <param name="Indexes">Which data, gas and value.</param>
/// <param name="Failure">What went wrong; null if nothing did.</param>
internal sealed record StateTestOutcome(string Test, string Fork, string Indexes, string? Failure);
