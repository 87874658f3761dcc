using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;

namespace Mempulse.Grains.Folding;

/// <summary>Checkpoints in a snapshot store.</summary>
internal sealed class SnapshotCheckpoints(SnapshotStore store) : ICheckpoints
{
    /// <summary>Version of the checkpoint encoding (docs/formats/checkpoint.md).</summary>
    private const uint SchemaVersion = 1;

    public ReadOnlyMemory<byte>? ReadNewest(GlobalSeq watermark)
    {
        using var snapshot = store.ReadNewest(watermark, SchemaVersion, static _ => { });
        if (snapshot is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        snapshot.Content.CopyTo(copy);
        return copy.ToArray();
    }

    public void Save(CheckpointFacts facts, ReadOnlyMemory<byte> checkpoint) => store.Write(
        new SnapshotMark(facts.At, facts.Epoch, facts.Digest, SchemaVersion, facts.RuleVersion),
        content => content.Write(checkpoint.Span));
}
