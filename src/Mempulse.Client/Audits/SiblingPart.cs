namespace Mempulse.Client.Audits;

/// <summary>Another block of the same height.</summary>
/// <param name="Hash">The block.</param>
/// <param name="Canonical">True while it is on the canonical chain.</param>
public sealed record SiblingPart(string Hash, bool Canonical);
