namespace Mempulse.RelaySim.Bundles;

/// <summary>What became of a bundle. A real builder says this to no one.</summary>
public enum BundleFate
{
    /// <summary>It waits for its block.</summary>
    Waiting = 0,

    /// <summary>It broke a rule, and was dropped without a word.</summary>
    Dropped = 1,

    /// <summary>A later one with its UUID took its place.</summary>
    Replaced = 2,

    /// <summary>Its sender cancelled it.</summary>
    Cancelled = 3,

    /// <summary>It is in the block.</summary>
    Landed = 4,

    /// <summary>It pays, but cannot be executed after those that pay more.</summary>
    Outbid = 5,

    /// <summary>It cannot be executed on the state before the block, or pays nothing.</summary>
    Invalid = 6,

    /// <summary>Its block went by.</summary>
    Late = 7,
}
