namespace Mempulse.Client.Replays;

/// <summary>The state digest at a checkpoint, live against replayed.</summary>
/// <param name="Seq">The position.</param>
/// <param name="Live">What the live fold recorded.</param>
/// <param name="Replayed">What this replay has.</param>
public sealed record CheckpointPart(ulong Seq, string Live, string Replayed);
