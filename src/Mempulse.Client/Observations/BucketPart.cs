namespace Mempulse.Client.Observations;

/// <summary>The number of values below a bound and at or above the bound of the bucket before it.</summary>
/// <param name="Below">The bound, exclusive.</param>
/// <param name="Count">How many.</param>
public sealed record BucketPart(ulong Below, ulong Count);
