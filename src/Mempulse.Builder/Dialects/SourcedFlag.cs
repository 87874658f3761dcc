namespace Mempulse.Builder.Dialects;

/// <summary>Whether a builder has a rule.</summary>
/// <param name="Value">True if it does.</param>
/// <param name="Source">The id of the source; null if none was found, and the value is our caution.</param>
public sealed record SourcedFlag(bool Value, string? Source);
