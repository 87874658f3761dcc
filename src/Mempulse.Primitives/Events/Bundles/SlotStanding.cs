namespace Mempulse.Primitives.Events;

/// <summary>What became of a slot. The number is on disk.</summary>
public enum SlotStanding
{
    /// <summary>Not known; never written.</summary>
    Unknown = 0,

    /// <summary>It has a block with its payload.</summary>
    Full = 1,

    /// <summary>It has a block whose payload was not revealed in time (EIP-7732).</summary>
    PayloadEmpty = 2,

    /// <summary>It has no block.</summary>
    Missed = 3,

    /// <summary>Its block left the chain.</summary>
    Orphaned = 4,
}
