using Mempulse.Canon.Files;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Replay.Entries;

namespace Mempulse.Cli.Replays;

/// <summary>The checkpoints that a node left beside its log; where there are none, none is found and nothing is made.</summary>
internal sealed class CheckpointFiles(string directory, ChainId chain)
{
    /// <summary>The newest good one at or below a position.</summary>
    public ReplayEngine? RestoreAtMost(GlobalSeq seq)
    {
        while (Read(store => store.ReadAtMost(seq, ReplayEngine.CheckpointVersion, static _ => { })) is { } found)
        {
            if (TryRestore(found.Content) is { } engine)
            {
                return engine;
            }

            seq = new GlobalSeq(found.Seq.Value - 1);
        }

        return null;
    }

    /// <summary>The oldest good one at or above a position.</summary>
    public ReplayEngine? RestoreAtLeast(GlobalSeq seq)
    {
        while (Read(store => store.ReadAtLeast(seq, ReplayEngine.CheckpointVersion, static _ => { })) is { } found)
        {
            if (TryRestore(found.Content) is { } engine)
            {
                return engine;
            }

            seq = found.Seq.Next;
        }

        return null;
    }

    private (GlobalSeq Seq, byte[] Content)? Read(Func<SnapshotStore, Snapshot?> find)
    {
        // Opening a store would make its directory, and a reader leaves a log as it is.
        if (!Directory.Exists(directory))
        {
            return null;
        }

        using var snapshot = find(new SnapshotStore(PosixFileSystem.Instance, directory));
        return snapshot is null ? null : (snapshot.Mark.Seq, snapshot.ReadAll());
    }

    private ReplayEngine? TryRestore(byte[] checkpoint)
    {
        try
        {
            return FoldComposition.Default.Restore(chain, checkpoint);
        }
        catch (CheckpointException)
        {
            // Of other rules, or damaged: another one, or the log itself, gives the same.
            return null;
        }
    }
}
