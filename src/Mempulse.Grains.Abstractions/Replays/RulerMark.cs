using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>A record that orients a reader of a log.</summary>
/// <param name="Seq">Its position; of a checkpoint, the position of the state.</param>
/// <param name="Kind">BlockObserved, ReorgDetected or CheckpointTaken.</param>
/// <param name="Number">The height of the block, or the depth of the reorg in blocks; 0 for a checkpoint.</param>
/// <param name="Hash">The block, or the head that a reorg left; the zero hash for a checkpoint.</param>
[GenerateSerializer, Immutable, Alias("mempulse.ruler-mark")]
public sealed record RulerMark([property: Id(0)] GlobalSeq Seq, [property: Id(1)] string Kind, [property: Id(2)] ulong Number, [property: Id(3)] Hash256 Hash);
