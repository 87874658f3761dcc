using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>A stretch of a log that a search for the first divergence has folded.</summary>
/// <param name="First">The position before it.</param>
/// <param name="Last">Its last position.</param>
/// <param name="Checkpoint">The digests at its end; null where the log has none.</param>
/// <param name="Divergences">Logged derived events in it that differ from what the replay derives.</param>
/// <param name="FoldedFrom">Where the fold of this stretch began: a checkpoint, or <see cref="GlobalSeq.None"/>.</param>
[GenerateSerializer, Immutable, Alias("mempulse.folded-stretch")]
public sealed record FoldedStretch(
    [property: Id(0)] GlobalSeq First,
    [property: Id(1)] GlobalSeq Last,
    [property: Id(2)] CheckpointDigests? Checkpoint,
    [property: Id(3)] long Divergences,
    [property: Id(4)] GlobalSeq FoldedFrom)
{
    /// <summary>True when the log and the replay agree over the whole stretch.</summary>
    public bool IsEqual => Divergences == 0 && Checkpoint is not { IsEqual: false };
}
