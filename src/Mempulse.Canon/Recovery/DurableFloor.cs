using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>The highest position that the log is known to have held durably, and what proves it.</summary>
/// <param name="Seq">The position, inclusive; <see cref="GlobalSeq.None"/> if nothing is known.</param>
/// <param name="ProvenBy">What names it, for people.</param>
/// <param name="SyncedSeq">The part of it that was durable whatever the durability of the log: a log that ends below must not be continued.</param>
internal sealed record DurableFloor(GlobalSeq Seq, string ProvenBy, GlobalSeq SyncedSeq)
{
    /// <summary>Reads the floor of a log. Read it before the log's end: beside a live writer it rises.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">The directory of the log.</param>
    /// <param name="sink">The highest position that a sink outside knows to be durable.</param>
    /// <exception cref="LogCorruptException">The durable mark is damaged.</exception>
    public static DurableFloor Read(ILogFileSystem files, string directory, GlobalSeq sink)
    {
        var mark = DurableMark.Read(files, directory);
        string checkpoints = Path.Combine(directory, LogFileNames.Checkpoints);
        var checkpoint = new SnapshotStore(files, checkpoints).NewestSeq();
        var floor = sink >= mark
            ? new DurableFloor(sink, "a sink", sink)
            : new DurableFloor(mark, Path.Combine(directory, DurableMark.FileName), mark);
        return checkpoint > floor.Seq ? floor with { Seq = checkpoint, ProvenBy = $"a checkpoint in {checkpoints}" } : floor;
    }

    /// <summary>The damage of a log that ends below the floor; null if it does not.</summary>
    /// <param name="directory">The directory of the log.</param>
    /// <param name="tail">The last segment, scanned; null if the log has no segments.</param>
    public LogDamage? LostEnd(string directory, TailScan? tail) => tail is null
        ? LostEnd(directory, new FramePosition(GlobalSeq.None.Next, 0, 0))
        : LostEnd(tail.Segment.Path, tail.End);

    /// <summary>The damage of a log whose last segment ends at a boundary below the floor; null if it does not.</summary>
    public LogDamage? LostEnd(string path, FramePosition end)
    {
        var last = new GlobalSeq(end.Next.Value - 1);
        return last >= Seq
            ? null
            : new LogDamage(
                path,
                end.Offset,
                string.Create(CultureInfo.InvariantCulture, $"events up to seq {Seq}, which {ProvenBy} proves to have been durable"),
                string.Create(CultureInfo.InvariantCulture, $"a log that ends at seq {last}; restore the missing end from a copy, or accept its loss by moving {DurableMark.FileName} and {LogFileNames.Checkpoints} out of the directory"))
            .Costing(end.Next, Seq.Next) with { IsLostEnd = true };
    }

    /// <summary>True if a log that ends below the floor must not be continued.</summary>
    /// <remarks>Without fsync a power loss may cost events that a checkpoint has seen. A log without any segment has lost files, whatever its durability.</remarks>
    public bool Forbids(TailScan? tail) => tail is not { Segment.Header.Durability: Durability.Os } || tail.Last < SyncedSeq;
}
