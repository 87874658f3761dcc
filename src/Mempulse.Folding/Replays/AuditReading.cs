using Mempulse.Primitives;
using Mempulse.Replay.Audits;

namespace Mempulse.Folding.Replays;

/// <summary>What deriving an audit again gave.</summary>
public sealed record AuditReading
{
    /// <summary>The record of the block; <see cref="GlobalSeq.None"/> if the log has none.</summary>
    public GlobalSeq SeenIn { get; init; }

    /// <summary>Without a record of a height: the next lower height on record, if one is known.</summary>
    public BlockNumber? Before { get; init; }

    /// <summary>Without a record of a height: the next higher height on record, if one is known.</summary>
    public BlockNumber? After { get; init; }

    /// <summary>The checkpoint from which the log was folded.</summary>
    public GlobalSeq FoldedFrom { get; init; }

    /// <summary>If that is too far from the block: the number of events between them.</summary>
    public ulong Needed { get; init; }

    /// <summary>If the log cannot be folded up to the block: why.</summary>
    public string? Problem { get; init; }

    /// <summary>The position of the answer.</summary>
    public GlobalSeq AsOf { get; init; }

    /// <summary>The height of the canonical head there.</summary>
    public BlockNumber? Head { get; init; }

    /// <summary>True if a source plays a capture whose arrival times were not measured.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>The blocks that are audited there, the newest first.</summary>
    public IReadOnlyList<AuditedBlock> Kept { get; init; } = [];

    /// <summary>The audit; null if the fold has none of the block.</summary>
    public BlockAudit? Audit { get; init; }
}
