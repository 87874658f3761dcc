namespace Mempulse.Client.Senders;

/// <summary>A range of missing nonces.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
public sealed record NonceGapPart(ulong First, ulong Last);
