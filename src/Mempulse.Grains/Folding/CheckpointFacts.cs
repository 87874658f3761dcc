using Mempulse.Primitives;

namespace Mempulse.Grains.Folding;

/// <summary>What a checkpoint is of.</summary>
/// <param name="At">The last applied position.</param>
/// <param name="Epoch">The writer's term.</param>
/// <param name="Digest">The digest there.</param>
/// <param name="RuleVersion">The fold's rules.</param>
internal sealed record CheckpointFacts(GlobalSeq At, Epoch Epoch, StateDigest Digest, string RuleVersion);
