using Mempulse.Primitives;
using Mempulse.Primitives.Audits;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A question for the audit of a block.</summary>
/// <param name="Number">Its height; null to ask by hash, and for the head if both are null.</param>
/// <param name="Hash">The block.</param>
/// <param name="Classes">The classes to list; empty for all.</param>
/// <param name="Skip">Number of transactions to leave out.</param>
/// <param name="Limit">Maximum number of transactions in the answer.</param>
[GenerateSerializer, Immutable, Alias("mempulse.audit-query")]
public sealed record AuditQuery(
    [property: Id(0)] BlockNumber? Number,
    [property: Id(1)] Hash256? Hash,
    [property: Id(2)] IReadOnlyList<AuditClass> Classes,
    [property: Id(3)] int Skip,
    [property: Id(4)] int Limit)
{
    /// <summary>Maximum number of transactions that an audit lists: those of a block, and the expected ones that it does not have.</summary>
    public const int MaxTransactions = 8_192;
}
