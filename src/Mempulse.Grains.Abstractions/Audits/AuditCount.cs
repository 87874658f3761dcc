using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>Number of an audit's transactions of one class and strength.</summary>
/// <param name="Class">The class.</param>
/// <param name="Strength">The strength.</param>
/// <param name="Count">Their number, whether listed or not.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-count")]
public sealed record AuditCount([property: Id(0)] AuditClass Class, [property: Id(1)] EvidenceStrength Strength, [property: Id(2)] int Count);
