using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A transaction in an audit.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.audit-tx")]
public sealed record AuditTx
{
    /// <summary>The transaction.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>Its sender.</summary>
    [Id(1)]
    public required Address Sender { get; init; }

    /// <summary>Its nonce.</summary>
    [Id(2)]
    public required Nonce Nonce { get; init; }

    /// <summary>What the audit says of it.</summary>
    [Id(3)]
    public required AuditClass Class { get; init; }

    /// <summary>Strong or weak.</summary>
    [Id(4)]
    public required EvidenceStrength Strength { get; init; }

    /// <summary>Why it is weak.</summary>
    [Id(5)]
    public required AuditReasons Reasons { get; init; }

    /// <summary>Its index in the block, from 0; null for an absent one.</summary>
    [Id(6)]
    public required int? Index { get; init; }

    /// <summary>Its rank among the expected ones, from 0; null for one that was not expected.</summary>
    [Id(7)]
    public required int? Rank { get; init; }

    /// <summary>The tip per gas that it pays at the block's base fee; null while its body is not known.</summary>
    [Id(8)]
    public required Wei? Tip { get; init; }

    /// <summary>Gas that it may use; null while its body is not known.</summary>
    [Id(9)]
    public required Gas? GasLimit { get; init; }

    /// <summary>Gas that it used; null for an absent one, and until its receipt is on record.</summary>
    [Id(10)]
    public required Gas? GasUsed { get; init; }

    /// <summary>When the first source announced it; null if none did.</summary>
    [Id(11)]
    public required UnixNanoseconds? HeardAt { get; init; }

    /// <summary>How long before the slot's start that was, in microseconds; negative after it.</summary>
    [Id(12)]
    public required long? LeadMicros { get; init; }

    /// <summary>Number of live sources that had announced it before the slot began.</summary>
    [Id(13)]
    public required int HeardBy { get; init; }

    /// <summary>Of these, the ones that had it for the whole window.</summary>
    [Id(14)]
    public required int HadBy { get; init; }

    /// <summary>The record of the first announcement after the block; none without one.</summary>
    [Id(15)]
    public required GlobalSeq LateIn { get; init; }

    /// <summary>The transaction that the pool held at its nonce; null for none.</summary>
    [Id(16)]
    public required Hash256? Replaces { get; init; }

    /// <summary>The first announcements, at most 16, in order of arrival.</summary>
    [Id(17)]
    public required IReadOnlyList<AuditHeard> Arrivals { get; init; }

    /// <summary>The first record about it in the log; none if the log does not have it any more.</summary>
    [Id(18)]
    public required GlobalSeq FirstIn { get; init; }
}
