namespace Mempulse.Primitives.Events;

/// <summary>Why a request does not leave. Builders drop such bundles without an answer, or answer as if they had taken them.</summary>
/// <remarks>The numbers are on record: none changes its meaning.</remarks>
public enum PreflightRule
{
    /// <summary>No rule.</summary>
    None = 0,

    /// <summary>A bundle without transactions cancels, or does nothing.</summary>
    EmptyBundle = 1,

    /// <summary>More transactions than the builder takes.</summary>
    TooManyTransactions = 2,

    /// <summary>More bytes than the builder takes.</summary>
    TooManyBytes = 3,

    /// <summary>One transaction twice: the second has a used nonce.</summary>
    RepeatedTransaction = 4,

    /// <summary>A UUID that a builder may not parse.</summary>
    UuidNotCanonical = 5,

    /// <summary>Two UUIDs, of which each builder takes another.</summary>
    TwoUuids = 6,

    /// <summary>The UUID of another line of bundles, which this one would replace.</summary>
    UuidTaken = 7,

    /// <summary>A replacement that does not come after what it replaces.</summary>
    SequenceNotHigher = 8,

    /// <summary>A block that exists already.</summary>
    TargetNotAhead = 9,

    /// <summary>The latest time is before the earliest.</summary>
    TimestampsReversed = 10,

    /// <summary>The latest time has passed.</summary>
    TimestampPassed = 11,

    /// <summary>A transaction that may revert is not in the bundle.</summary>
    RevertingHashUnknown = 12,

    /// <summary>A transaction that may be left out is not in the bundle.</summary>
    DroppingHashUnknown = 13,

    /// <summary>The transaction whose payment counts is not in the bundle.</summary>
    RefundHashUnknown = 14,

    /// <summary>More than one transaction whose payment counts.</summary>
    SeveralRefundHashes = 15,

    /// <summary>A refund of nothing, or of everything.</summary>
    RefundPercentOutOfRange = 16,

    /// <summary>A refund worth less than the transfer that pays it.</summary>
    RefundTooSmall = 17,

    /// <summary>A method that the builder is not known to have.</summary>
    MethodNotKnown = 18,

    /// <summary>A term of the bundle for which the builder is not known to have a field: it would be ignored.</summary>
    FieldNotKnown = 19,

    /// <summary>The builder needs a credential that is not configured.</summary>
    CredentialMissing = 20,
}
