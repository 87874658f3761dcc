namespace Mempulse.Replay.Observations;

/// <summary>How often a length of time occurred that is below a bound and not below the bucket before it.</summary>
/// <param name="Below">The bound, exclusive: microseconds, or a count where counts are distributed.</param>
/// <param name="Count">How often.</param>
public readonly record struct DelayBucket(ulong Below, ulong Count);
