namespace Mempulse.Api.Observations;

/// <summary>How many values are below a bound and not below the bucket before it.</summary>
/// <param name="Below">The bound, exclusive.</param>
/// <param name="Count">How many.</param>
public sealed record BucketPart(ulong Below, ulong Count);
