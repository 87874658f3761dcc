namespace Mempulse.Primitives.Audits;

/// <summary>Why an audit's statement about a transaction is weak. None for a strong one.</summary>
[Flags]
public enum AuditReasons
{
    /// <summary>The statement is strong.</summary>
    None = 0,

    /// <summary>Its first announcement is within the margin of the slot's start.</summary>
    InsideMargin = 1 << 0,

    /// <summary>A live source had not announced it before the slot began.</summary>
    NotHeardByAll = 1 << 1,

    /// <summary>Every live source had announced it before the slot began, but not every one 30 seconds before.</summary>
    HeardTooLate = 1 << 2,

    /// <summary>A live source has a gap in the window before the slot; for a private transaction, before the block.</summary>
    SourceGap = 1 << 3,

    /// <summary>Fewer than two sources were live.</summary>
    FewSources = 1 << 4,

    /// <summary>No live source is a node, which drops a transaction that its sender cannot pay for: the balance is not known.</summary>
    BalanceUnknown = 1 << 5,

    /// <summary>It had left the pool of a source.</summary>
    LeftSource = 1 << 6,

    /// <summary>The next nonce of its sender is assumed, or was known before blocks were missed.</summary>
    NonceUnproven = 1 << 7,

    /// <summary>It comes after another absent transaction of its sender.</summary>
    AfterAbsent = 1 << 8,

    /// <summary>The block has another transaction of its sender, which may have spent the balance.</summary>
    SenderInBlock = 1 << 9,

    /// <summary>Its tip is not above the lowest tenth of the block's public tips.</summary>
    MarginalFee = 1 << 10,

    /// <summary>The block has too few public transactions to say which tip suffices.</summary>
    FewPublic = 1 << 11,

    /// <summary>It carries blobs, whose gas has a limit and a market of its own.</summary>
    Blobs = 1 << 12,

    /// <summary>A block that was undone had included it.</summary>
    Reopened = 1 << 13,

    /// <summary>The block came with a reorg: its builder worked on another head than the pool.</summary>
    Reorg = 1 << 14,

    /// <summary>Blocks were missed before this one.</summary>
    ChainGap = 1 << 15,

    /// <summary>The block is recorded as a node claims it.</summary>
    UnverifiedBlock = 1 << 16,

    /// <summary>The block's timestamp does not fit the time of its arrival: the arrival stands for the slot's start.</summary>
    NoSlotTime = 1 << 17,
}
