namespace Mempulse.Replay.Observations;

/// <summary>One histogram bucket: how often a duration occurred that is below its bound and not below the preceding one.</summary>
/// <param name="Below">The bound, exclusive: microseconds, or a count in a distribution of counts.</param>
/// <param name="Count">Number of values.</param>
public readonly record struct DelayBucket(ulong Below, ulong Count);
