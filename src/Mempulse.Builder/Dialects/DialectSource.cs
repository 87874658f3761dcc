namespace Mempulse.Builder.Dialects;

/// <summary>Where a builder says what a description states.</summary>
/// <param name="Id">The name by which the description's fields cite it.</param>
/// <param name="Url">The page or file.</param>
/// <param name="Read">The day on which it said so.</param>
public sealed record DialectSource(string Id, Uri Url, DateOnly Read);
