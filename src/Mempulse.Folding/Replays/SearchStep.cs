using Mempulse.Primitives;

namespace Mempulse.Folding.Replays;

/// <summary>A stretch of a log that a search for the first divergence has folded.</summary>
/// <param name="First">The position before it.</param>
/// <param name="Last">Its last position: that of a checkpoint, of a divergence, or the end of the search.</param>
/// <param name="Checkpoint">The digests at its end; null where the log has none.</param>
/// <param name="Divergences">Logged derived events in it that differ from what the replay derives.</param>
/// <param name="FoldedFrom">Where the fold of this stretch began: a checkpoint, or <see cref="GlobalSeq.None"/>.</param>
public sealed record SearchStep(GlobalSeq First, GlobalSeq Last, CheckpointComparison? Checkpoint, ulong Divergences, GlobalSeq FoldedFrom)
{
    /// <summary>True when the log and the replay agree over the whole stretch.</summary>
    public bool IsEqual => Divergences == 0 && Checkpoint is not { IsEqual: false };
}
