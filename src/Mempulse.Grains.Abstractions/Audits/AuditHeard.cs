namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>When a source announced an audited transaction.</summary>
/// <param name="Source">The source's name; empty once it was forgotten.</param>
/// <param name="LeadMicros">Microseconds before the slot's start; negative after it.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-heard")]
public sealed record AuditHeard([property: Id(0)] string Source, [property: Id(1)] long LeadMicros);
