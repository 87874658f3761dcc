namespace Mempulse.Client.Audits;

/// <summary>A transaction of an audit.</summary>
public sealed record AuditTxPart
{
    /// <summary>The transaction.</summary>
    public required string Hash { get; init; }

    /// <summary>Its sender.</summary>
    public required string Sender { get; init; }

    /// <summary>Its nonce.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>found, late_public, private, fresh or replaced for a transaction of the block; missing or unseen for an expected one that it does not have.</summary>
    public required string Class { get; init; }

    /// <summary>strong or weak.</summary>
    public required string Strength { get; init; }

    /// <summary>Why it is weak.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Its index in the block, from 0; null for an absent one.</summary>
    public int? Index { get; init; }

    /// <summary>Its place in the expected order, from 0; null for one that was not expected.</summary>
    public int? Rank { get; init; }

    /// <summary>The tip per gas that it pays at the block's base fee, in wei; null while its body is not known.</summary>
    public string? Tip { get; init; }

    /// <summary>Gas that it may use; null while its body is not known.</summary>
    public ulong? GasLimit { get; init; }

    /// <summary>Gas that it used; null for an absent one, and until its receipt is on record.</summary>
    public ulong? GasUsed { get; init; }

    /// <summary>When the first source announced it; null if none did.</summary>
    public string? HeardAt { get; init; }

    /// <summary>How long before the slot's start that was, in microseconds; negative after it.</summary>
    public long? LeadMicros { get; init; }

    /// <summary>Number of live sources that had announced it before the slot began.</summary>
    public required int HeardBy { get; init; }

    /// <summary>Of these, the ones that had it for the whole window.</summary>
    public required int HadBy { get; init; }

    /// <summary>The first announcements, at most 16, in order of arrival.</summary>
    public required IReadOnlyList<AuditArrivalPart> Arrivals { get; init; }

    /// <summary>The transaction that the pool held at its nonce; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The first event about it.</summary>
    public ulong? FirstSeq { get; init; }

    /// <summary>The event of its first announcement after the block; null without one.</summary>
    public ulong? LateSeq { get; init; }
}
