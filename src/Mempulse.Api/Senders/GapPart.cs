namespace Mempulse.Api.Senders;

/// <summary>Nonces that nobody has shown.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
public sealed record GapPart(ulong First, ulong Last);
