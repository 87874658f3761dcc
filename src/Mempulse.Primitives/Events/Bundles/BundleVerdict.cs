namespace Mempulse.Primitives.Events;

/// <summary>What became of a bundle. The number is on disk.</summary>
public enum BundleVerdict
{
    /// <summary>It is not decided yet; never written.</summary>
    Open = 0,

    /// <summary>The target block has all of it, in order and without anything between.</summary>
    Landed = 1,

    /// <summary>A block has some of its own transactions, or has them apart.</summary>
    PartiallyLanded = 2,

    /// <summary>A block has it, and one of its transactions that must not revert did.</summary>
    Reverted = 3,

    /// <summary>A transaction that is named took the state that it needed.</summary>
    Outcompeted = 4,

    /// <summary>A nonce of its transactions was used before: by another transaction, or by its own in an earlier block or in another bundle.</summary>
    NonceUsed = 5,

    /// <summary>The base fee of the target block is above what a transaction of it pays at most.</summary>
    BaseFeeAbove = 6,

    /// <summary>No request for it left before the target block.</summary>
    TooLate = 7,

    /// <summary>Every relay refused it, or filtered it.</summary>
    RefusedByRelay = 8,

    /// <summary>No request for it was allowed to leave.</summary>
    DroppedByPreflight = 9,

    /// <summary>It no longer paid before it was sent or at the start of its target block, or was withdrawn in time.</summary>
    Stale = 10,

    /// <summary>The block that had it left the chain.</summary>
    ReorgedOut = 11,

    /// <summary>The target block does not have it, and why is not known.</summary>
    Expired = 12,

    /// <summary>It was a dry run: nothing was sent.</summary>
    DryRun = 13,
}
