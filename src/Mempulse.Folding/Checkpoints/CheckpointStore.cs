using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Replay.Entries;

namespace Mempulse.Folding.Checkpoints;

/// <summary>The checkpoints of one chain's fold: saved beside its log, and restored into engines.</summary>
/// <remarks>
/// A checkpoint is a cache: the log yields the same state, only more slowly. A checkpoint that is damaged or belongs to another
/// composition is skipped, and the next one is tried. Every method except <see cref="Create"/> blocks on the disk.
/// </remarks>
public sealed class CheckpointStore(ChainId chain, FoldComposition composition, SnapshotStore snapshots)
{
    /// <summary>The name of the lane of the records that report a checkpoint.</summary>
    public const string LaneName = "checkpoints";

    private delegate Snapshot? Finder(GlobalSeq seq, uint schemaVersion, Action<LogDamage> skipped);

    /// <summary>The checkpoints beside a log; may be empty.</summary>
    /// <param name="chain">The log's chain.</param>
    /// <param name="composition">The composition that folds it.</param>
    /// <param name="files">The file system.</param>
    /// <param name="logDirectory">The log's directory.</param>
    public static CheckpointStore Beside(ChainId chain, FoldComposition composition, ILogFileSystem files, string logDirectory) =>
        new(chain, composition, new SnapshotStore(files, Path.Combine(logDirectory, LogDirectory.CheckpointsName)));

    /// <summary>Creates an engine at the start of the log.</summary>
    public ReplayEngine Create() => composition.Create(chain);

    /// <summary>The newest usable checkpoint of a log that ends at <paramref name="watermark"/>; null if no checkpoint is usable.</summary>
    /// <param name="watermark">The log's durable end.</param>
    /// <param name="ignored">Receives the reason for each newer checkpoint that was skipped.</param>
    /// <exception cref="SnapshotAheadException">The newest checkpoint is ahead of the log: the log has lost data.</exception>
    public ReplayEngine? RestoreNewest(GlobalSeq watermark, Action<string> ignored)
    {
        using var newest = snapshots.ReadNewest(watermark, ReplayEngine.CheckpointVersion, damage => ignored(damage.ToString()));
        return newest is null ? null : TryRestore(newest, ignored) ?? RestoreAtMost(Before(newest.Mark.Seq), ignored);
    }

    /// <summary>The newest usable checkpoint at or below a position; null if no checkpoint is usable.</summary>
    /// <param name="seq">The position.</param>
    /// <param name="ignored">Receives the reason for each newer checkpoint that was skipped.</param>
    public ReplayEngine? RestoreAtMost(GlobalSeq seq, Action<string> ignored) => RestoreFirst(snapshots.ReadAtMost, seq, Before, ignored);

    /// <summary>The position of the newest checkpoint at or below a position by the names of the files, usable or not; <see cref="GlobalSeq.None"/> for none.</summary>
    /// <param name="seq">The position.</param>
    public GlobalSeq NewestAtMost(GlobalSeq seq) => snapshots.SeqAtMost(seq);

    /// <summary>The oldest usable checkpoint at or above a position; null if no checkpoint is usable.</summary>
    /// <param name="seq">The position.</param>
    /// <param name="ignored">Receives the reason for each older checkpoint that was skipped.</param>
    public ReplayEngine? RestoreAtLeast(GlobalSeq seq, Action<string> ignored) => RestoreFirst(snapshots.ReadAtLeast, seq, static at => at.Next, ignored);

    /// <summary>Starts writing a checkpoint of the state at a position.</summary>
    /// <exception cref="IOException">The disk is full or has failed.</exception>
    public SnapshotWriter Begin(GlobalSeq seq, Epoch epoch) => snapshots.Begin(seq, epoch);

    /// <summary>The mark of a checkpoint. A rule version that is too long is truncated; the checkpoint itself holds it in full.</summary>
    public static SnapshotMark MarkOf(GlobalSeq seq, Epoch epoch, StateDigest digest, string ruleVersion) => new(
        seq,
        epoch,
        digest,
        ReplayEngine.CheckpointVersion,
        ruleVersion.Length > SnapshotMark.MaxRuleVersionBytes ? ruleVersion[..SnapshotMark.MaxRuleVersionBytes] : ruleVersion);

    private ReplayEngine? RestoreFirst(Finder find, GlobalSeq seq, Func<GlobalSeq, GlobalSeq> advance, Action<string> ignored)
    {
        while (find(seq, ReplayEngine.CheckpointVersion, damage => ignored(damage.ToString())) is { } found)
        {
            using (found)
            {
                if (TryRestore(found, ignored) is { } engine)
                {
                    return engine;
                }

                seq = advance(found.Mark.Seq);
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
