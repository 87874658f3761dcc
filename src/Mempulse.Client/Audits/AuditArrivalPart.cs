namespace Mempulse.Client.Audits;

/// <summary>When a source announced a transaction.</summary>
/// <param name="Source">The source's name; empty once it was forgotten.</param>
/// <param name="LeadMicros">Microseconds before the slot's start; negative after it.</param>
public sealed record AuditArrivalPart(string Source, long LeadMicros);
