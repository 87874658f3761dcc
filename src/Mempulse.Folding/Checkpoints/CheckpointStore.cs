using Mempulse.Canon.Format;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Replay.Entries;

namespace Mempulse.Folding.Checkpoints;

/// <summary>The checkpoints of one chain's fold: saved beside its log, and turned back into engines.</summary>
/// <remarks>
/// A checkpoint is a cache; the log gives the same state, only later. So one that is damaged or of another composition is
/// passed over for the next. Every method but <see cref="Create"/> blocks on the disk.
/// </remarks>
public sealed class CheckpointStore(ChainId chain, FoldComposition composition, SnapshotStore snapshots)
{
    private delegate Snapshot? Finder(GlobalSeq seq, uint schemaVersion, Action<LogDamage> passedOver);

    /// <summary>An engine before the first record.</summary>
    public ReplayEngine Create() => composition.Create(chain);

    /// <summary>The newest usable checkpoint of a log that ends at <paramref name="watermark"/>; null when there is none.</summary>
    /// <param name="watermark">The log's durable end.</param>
    /// <param name="ignored">Receives why a newer one was passed over.</param>
    /// <exception cref="SnapshotAheadException">The newest one is ahead of the log: the log has lost data.</exception>
    public ReplayEngine? RestoreNewest(GlobalSeq watermark, Action<string> ignored)
    {
        using var newest = snapshots.ReadNewest(watermark, ReplayEngine.CheckpointVersion, damage => ignored(damage.ToString()));
        return newest is null ? null : TryRestore(newest, ignored) ?? RestoreAtMost(Before(newest.Mark.Seq), ignored);
    }

    /// <summary>The newest usable checkpoint at or below a position; null when there is none.</summary>
    /// <param name="seq">The position.</param>
    /// <param name="ignored">Receives why a newer one was passed over.</param>
    public ReplayEngine? RestoreAtMost(GlobalSeq seq, Action<string> ignored) => RestoreFirst(snapshots.ReadAtMost, seq, Before, ignored);

    /// <summary>The oldest usable checkpoint at or above a position; null when there is none.</summary>
    /// <param name="seq">The position.</param>
    /// <param name="ignored">Receives why an older one was passed over.</param>
    public ReplayEngine? RestoreAtLeast(GlobalSeq seq, Action<string> ignored) => RestoreFirst(snapshots.ReadAtLeast, seq, static at => at.Next, ignored);

    /// <summary>Begins to write a checkpoint of the state at a position.</summary>
    /// <exception cref="IOException">There is no room, or the disk failed.</exception>
    public SnapshotWriter Begin(GlobalSeq seq, Epoch epoch) => snapshots.Begin(seq, epoch);

    /// <summary>The mark of a checkpoint. Rule versions that do not fit are cut; the checkpoint itself holds all of them.</summary>
    public static SnapshotMark MarkOf(GlobalSeq seq, Epoch epoch, StateDigest digest, string ruleVersion) => new(
        seq,
        epoch,
        digest,
        ReplayEngine.CheckpointVersion,
        ruleVersion.Length > SnapshotMark.MaxRuleVersionBytes ? ruleVersion[..SnapshotMark.MaxRuleVersionBytes] : ruleVersion);

    private ReplayEngine? RestoreFirst(Finder find, GlobalSeq seq, Func<GlobalSeq, GlobalSeq> goOn, Action<string> ignored)
    {
        while (find(seq, ReplayEngine.CheckpointVersion, damage => ignored(damage.ToString())) is { } found)
        {
            using (found)
            {
                if (TryRestore(found, ignored) is { } engine)
                {
                    return engine;
                }

                seq = goOn(found.Mark.Seq);
            }
        }

        return null;
    }

    private ReplayEngine? TryRestore(Snapshot snapshot, Action<string> ignored)
    {
        try
        {
            return composition.Restore(chain, snapshot.ReadAll());
        }
        catch (CheckpointException unusable)
        {
            ignored($"{snapshot.Path}: {unusable.Message}");
            return null;
        }
    }

    private static GlobalSeq Before(GlobalSeq seq) => new(seq.Value - 1);
}
