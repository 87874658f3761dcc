namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Result of one entry of a state test.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="Fork">The suite's name of the fork.</param>
/// <param name="Indexes">Indexes of the entry's data, gas and value.</param>
/// <param name="Failure">The mismatch; null if the entry passed.</param>
internal sealed record StateTestOutcome(string Test, string Fork, string Indexes, string? Failure);
