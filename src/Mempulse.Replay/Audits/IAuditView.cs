using Mempulse.Primitives;

namespace Mempulse.Replay.Audits;

/// <summary>The audits of the last blocks, to be read between events. The results are immutable copies.</summary>
/// <remarks>Confined to the fold's thread. An audit is computed from the kept evidence when it is read.</remarks>
public interface IAuditView
{
    /// <summary>Number of blocks whose audit is kept, the ones of abandoned branches included.</summary>
    const int MaxBlocks = AuditFold.MaxBlocks;

    /// <summary>The blocks that are kept, the newest first.</summary>
    IReadOnlyList<AuditedBlock> Blocks();

    /// <summary>The audit of a block; null if it is not kept.</summary>
    BlockAudit? Find(in Hash256 block);
}
