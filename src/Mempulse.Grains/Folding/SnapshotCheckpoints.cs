using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Grains.Folding;

/// <summary>Checkpoints in a snapshot store.</summary>
internal sealed class SnapshotCheckpoints(SnapshotStore store) : ICheckpoints
{
    public ReadOnlyMemory<byte>? ReadNewest(GlobalSeq watermark)
    {
        using var snapshot = store.ReadNewest(watermark, ReplayEngine.CheckpointVersion, static _ => { });
        return ContentOf(snapshot);
    }

    public ReadOnlyMemory<byte>? ReadAtMost(GlobalSeq seq)
    {
        using var snapshot = store.ReadAtMost(seq, ReplayEngine.CheckpointVersion, static _ => { });
        return ContentOf(snapshot);
    }

    public void Save(CheckpointFacts facts, ReadOnlyMemory<byte> checkpoint) => store.Write(
        new SnapshotMark(facts.At, facts.Epoch, facts.Digest, ReplayEngine.CheckpointVersion, facts.RuleVersion),
        content => content.Write(checkpoint.Span));

    /// <summary>Spelt out: a null array would turn into memory of no bytes, a checkpoint that is there and empty.</summary>
    private static ReadOnlyMemory<byte>? ContentOf(Snapshot? snapshot)
    {
        if (snapshot is null)
        {
            return null;
        }

        return snapshot.ReadAll();
    }
}
