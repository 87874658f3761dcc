namespace Mempulse.Client.Audits;

/// <summary>The margin of fresh and unseen.</summary>
/// <param name="Micros">The margin in microseconds.</param>
/// <param name="Samples">Number of delays between sources in the hour before the block.</param>
/// <param name="Measured">True when it is their 99th percentile; false when there are fewer than 100, and it is the default.</param>
public sealed record MarginPart(ulong Micros, ulong Samples, bool Measured);
