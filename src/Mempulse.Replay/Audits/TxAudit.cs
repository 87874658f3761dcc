using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Audits;

/// <summary>A transaction in an audit.</summary>
public sealed record TxAudit
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its sender.</summary>
    public required Address Sender { get; init; }

    /// <summary>Its nonce.</summary>
    public required Nonce Nonce { get; init; }

    /// <summary>What the audit says of it.</summary>
    public required AuditClass Class { get; init; }

    /// <summary>Strong or weak.</summary>
    public required EvidenceStrength Strength { get; init; }

    /// <summary>Why it is weak.</summary>
    public required AuditReasons Reasons { get; init; }

    /// <summary>Its index in the block, from 0; null for an absent one.</summary>
    public required int? Index { get; init; }

    /// <summary>Its rank among the expected ones, from 0; null for one that was not expected.</summary>
    public int? Rank { get; init; }

    /// <summary>The tip per gas that it pays at the block's base fee; null while its body is not known.</summary>
    public required Wei? Tip { get; init; }

    /// <summary>Gas that it may use; null while its body is not known.</summary>
    public required Gas? GasLimit { get; init; }

    /// <summary>Gas that it used; null for an absent one, and until its receipt is on record.</summary>
    public required Gas? GasUsed { get; init; }

    /// <summary>When the first source announced it; null if none did.</summary>
    public required UnixNanoseconds? HeardAt { get; init; }

    /// <summary>How long before the slot's start that was, in microseconds; negative after it.</summary>
    public required long? LeadMicros { get; init; }

    /// <summary>Number of live sources that had announced it before the slot began.</summary>
    public required int HeardBy { get; init; }

    /// <summary>Of these, the ones that had it for the whole window.</summary>
    public required int HadBy { get; init; }

    /// <summary>The record of the first announcement after the block; none without one.</summary>
    public required GlobalSeq LateIn { get; init; }

    /// <summary>The transaction that the pool held at its nonce; null for none.</summary>
    public required Hash256? Replaces { get; init; }

    /// <summary>The first announcements, at most 16, in order of arrival.</summary>
    public required IReadOnlyList<AuditArrival> Arrivals { get; init; }
}
