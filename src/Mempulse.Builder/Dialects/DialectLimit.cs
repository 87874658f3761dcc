namespace Mempulse.Builder.Dialects;

/// <summary>A limit that a builder states.</summary>
/// <param name="Of">What is limited.</param>
/// <param name="Value">How much is accepted, inclusive.</param>
/// <param name="Source">The id of the source; null if none was found: then the limits of <see cref="HouseLimits"/> hold.</param>
/// <param name="PerMilliseconds">The period of a rate; 0 for a size.</param>
public sealed record DialectLimit(LimitKind Of, int Value, string? Source, int PerMilliseconds = 0);
