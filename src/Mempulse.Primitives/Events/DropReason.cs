namespace Mempulse.Primitives.Events;

/// <summary>Why ingest did not process something. The number is on disk.</summary>
public enum DropReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>A bounded queue had no room.</summary>
    QueueFull = 1,

    /// <summary>The bytes are not a valid encoding, or the type is unknown.</summary>
    DecodeFail = 2,

    /// <summary>Larger than the limit.</summary>
    Oversize = 3,

    /// <summary>Already processed.</summary>
    Duplicate = 4,

    /// <summary>The peer exceeded its rate limit.</summary>
    PeerThrottled = 5,

    /// <summary>A violation of the protocol: another chain, a hash that does not match, an answer without a request.</summary>
    InvalidProtocol = 6,

    /// <summary>No source could deliver the body.</summary>
    BodyUnavailable = 7,

    /// <summary>The log cannot append: the disk is full or failed.</summary>
    LogUnavailable = 8,

    /// <summary>No source returned valid receipts of a block.</summary>
    ReceiptsUnavailable = 9,

    /// <summary>This process did not run: it was stopped, or the machine was. How much was missed is not known.</summary>
    ProcessPaused = 10,

    /// <summary>A node lists the transaction in a block, and the block's transactionsRoot does not cover it: a system transaction.</summary>
    OutsideRoot = 11,
}
