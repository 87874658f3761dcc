namespace Mempulse.Mutation;

/// <summary>What a test said, and how long it took.</summary>
internal readonly record struct Outcome(Verdict Verdict, TimeSpan Took);
