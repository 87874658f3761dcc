namespace Mempulse.Client.Audits;

/// <summary>Number of transactions by class, whether listed or not.</summary>
/// <param name="Found">Public before the slot.</param>
/// <param name="LatePublic">Announced only after the slot had begun.</param>
/// <param name="Private">Announced by no source.</param>
/// <param name="Fresh">Announced within the margin of the slot's start.</param>
/// <param name="Replaced">In place of one that the pool held.</param>
/// <param name="MissingStrong">Expected and absent, with strong evidence.</param>
/// <param name="MissingWeak">Expected and absent, with weak evidence.</param>
/// <param name="Unseen">Expected and absent, but announced within the margin.</param>
public sealed record AuditCountsPart(int Found, int LatePublic, int Private, int Fresh, int Replaced, int MissingStrong, int MissingWeak, int Unseen);
