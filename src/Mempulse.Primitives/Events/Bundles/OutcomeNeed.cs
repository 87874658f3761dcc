namespace Mempulse.Primitives.Events;

/// <summary>What would decide a verdict that is not derivable, or make it stronger. The number is on disk.</summary>
public enum OutcomeNeed
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The receipts of the block.</summary>
    Receipts = 1,

    /// <summary>The state of the block before, proven, to execute the block with the bundle.</summary>
    BlockState = 2,

    /// <summary>What the builder did with the bundle: only it knows.</summary>
    BuilderRecords = 3,

    /// <summary>Which builder made the block: what relays say of the slot.</summary>
    RelayData = 4,

    /// <summary>The bodies of the block's transactions.</summary>
    BlockBodies = 5,

    /// <summary>The target block itself: it was not observed.</summary>
    Block = 6,
}
