namespace Mempulse.Builder.Dialects;

/// <summary>What a field of a request means, whatever a builder calls it.</summary>
public enum BundleField
{
    /// <summary>The signed transactions in order.</summary>
    Transactions = 0,

    /// <summary>One signed transaction.</summary>
    Transaction = 1,

    /// <summary>The block for which the bundle is.</summary>
    TargetBlock = 2,

    /// <summary>The last block for which it is.</summary>
    MaxBlock = 3,

    /// <summary>The block on whose state a simulation starts.</summary>
    StateBlock = 4,

    /// <summary>The time of a simulated block.</summary>
    Timestamp = 5,

    /// <summary>The earliest time of the block.</summary>
    MinTimestamp = 6,

    /// <summary>The latest time of the block.</summary>
    MaxTimestamp = 7,

    /// <summary>Transactions that may revert.</summary>
    RevertingHashes = 8,

    /// <summary>Transactions that may be left out.</summary>
    DroppingHashes = 9,

    /// <summary>The name under which the bundle can be replaced and cancelled.</summary>
    ReplacementUuid = 10,

    /// <summary>The order of bundles with one UUID.</summary>
    ReplacementSequence = 11,

    /// <summary>The part of the payment that is given back.</summary>
    RefundPercent = 12,

    /// <summary>Who gets it back.</summary>
    RefundRecipient = 13,

    /// <summary>The transaction whose payment counts.</summary>
    RefundHashes = 14,

    /// <summary>The bundle that a question is about.</summary>
    BundleHash = 15,
}
