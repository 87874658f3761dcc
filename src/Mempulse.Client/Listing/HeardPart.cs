namespace Mempulse.Client.Listing;

/// <summary>When a source announced a transaction.</summary>
/// <param name="Source">The name of the source, or its id while the name is not known.</param>
/// <param name="Lane">The lane that it feeds.</param>
/// <param name="AfterMicros">How long after the first source, in microseconds.</param>
public sealed record HeardPart(string Source, string Lane, uint AfterMicros);
