using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>The answer to a question for an audit.</summary>
/// <param name="AsOf">The last applied position.</param>
/// <param name="Head">The height of the canonical head; null before the first block.</param>
/// <param name="Kept">The blocks whose audit is kept, the newest first.</param>
/// <param name="Audit">The audit; null if it is not kept.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-answer")]
public sealed record AuditAnswer(
    [property: Id(0)] GlobalSeq AsOf,
    [property: Id(1)] BlockNumber? Head,
    [property: Id(2)] IReadOnlyList<KeptAudit> Kept,
    [property: Id(3)] AuditView? Audit);
