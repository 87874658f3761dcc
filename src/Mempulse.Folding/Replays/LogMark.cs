using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Replays;

/// <summary>A record that orients a reader of a log: a block, a reorg, or a checkpoint.</summary>
/// <param name="Seq">Its position; of a checkpoint, the position of the state.</param>
/// <param name="Kind">The kind of the record.</param>
/// <param name="Number">The height of the block, or the depth of the reorg in blocks; 0 for a checkpoint.</param>
/// <param name="Hash">The block, or the head that a reorg left; the zero hash for a checkpoint.</param>
public readonly record struct LogMark(GlobalSeq Seq, EventKind Kind, ulong Number, Hash256 Hash);
