using Mempulse.Primitives;

namespace Mempulse.Folding.Replays;

/// <summary>The digest that the live fold recorded for a checkpoint, and the one of a replay at the same position.</summary>
/// <param name="Seq">The position.</param>
/// <param name="Live">What the log says.</param>
/// <param name="Replayed">What the replay has.</param>
public readonly record struct CheckpointComparison(GlobalSeq Seq, StateDigest Live, StateDigest Replayed)
{
    /// <summary>True when both are the same.</summary>
    public bool IsEqual => Live == Replayed;
}
