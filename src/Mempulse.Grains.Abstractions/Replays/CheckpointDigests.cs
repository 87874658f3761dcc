using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The state digest that the live fold recorded for a checkpoint, and that of a replay at the same position.</summary>
/// <param name="Seq">The position.</param>
/// <param name="Live">What the log says.</param>
/// <param name="Replayed">What the replay has.</param>
[GenerateSerializer, Immutable, Alias("mempulse.checkpoint-digests")]
public sealed record CheckpointDigests([property: Id(0)] GlobalSeq Seq, [property: Id(1)] StateDigest Live, [property: Id(2)] StateDigest Replayed)
{
    /// <summary>True when both are the same.</summary>
    public bool IsEqual => Live == Replayed;
}
