using Mempulse.Primitives;

namespace Mempulse.Grains.Folding;

/// <summary>Where a chain's checkpoints lie.</summary>
internal interface ICheckpoints
{
    /// <summary>The newest one that is whole, or null. Blocks on the disk.</summary>
    /// <exception cref="IOException">It is ahead of the log, which ends at <paramref name="watermark"/>: the log has lost data.</exception>
    ReadOnlyMemory<byte>? ReadNewest(GlobalSeq watermark);

    /// <summary>The newest one at or below a position that is whole, or null. Blocks on the disk.</summary>
    ReadOnlyMemory<byte>? ReadAtMost(GlobalSeq seq);

    /// <summary>Keeps a checkpoint; when this returns it is on disk and was read back. Blocks on the disk.</summary>
    void Save(CheckpointFacts facts, ReadOnlyMemory<byte> checkpoint);
}
