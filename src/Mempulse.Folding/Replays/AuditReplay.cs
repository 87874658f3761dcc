using Mempulse.Canon.Reading;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Replay.Audits;

namespace Mempulse.Folding.Replays;

/// <summary>Derives the audit of a block from the log again, also of one that the fold no longer keeps: folds from the checkpoint before the block to some blocks after it.</summary>
/// <remarks>
/// The answer is a function of the log: it is as of the first multiple of <see cref="StepEvents"/> at which <see cref="Following"/> later blocks are audited, or of the
/// log's end. Memory is that of a replay. Call <see cref="Run"/> once.
/// </remarks>
public sealed class AuditReplay(ILogReader reader, CheckpointStore checkpoints)
{
    /// <summary>Audited blocks after the block: late announcements, receipts and reorgs that change its audit come before.</summary>
    public const int Following = 32;

    private const ulong StepEvents = 16; // with 'Following' fewer than the blocks whose audits are kept, however few events the log has between two blocks

    private ulong _at;

    /// <summary>The position that the fold has reached. Readable from any thread.</summary>
    public GlobalSeq At => new(Volatile.Read(ref _at));

    /// <summary>Derives the audit.</summary>
    /// <param name="block">The block; null to ask by height.</param>
    /// <param name="number">Its height; the head at the log's end if both are null.</param>
    /// <param name="mostEvents">Number of events to fold at most.</param>
    /// <param name="stop">Cancels the work.</param>
    public AuditReading Run(Hash256? block, BlockNumber? number, ulong mostEvents, CancellationToken stop)
    {
        var search = new BlockSearch(reader, stop);
        var seen = block is { } hash ? search.Find(hash) : number is { } height ? search.Find(height) : new BlockSearch.Place(reader.Watermark, null, null);
        if (seen.Seq == GlobalSeq.None)
        {
            return new AuditReading { Before = seen.Before, After = seen.After };
        }

        try
        {
            using var replay = LogReplay.Open(reader, checkpoints, new GlobalSeq(seen.Seq.Value - 1));
            return Fold(replay, seen.Seq, block, number, mostEvents, stop);
        }
        catch (LogTruncatedException truncated)
        {
            return new AuditReading { SeenIn = seen.Seq, Problem = truncated.Message };
        }
    }

    private AuditReading Fold(LogReplay replay, GlobalSeq seenIn, Hash256? block, BlockNumber? number, ulong mostEvents, CancellationToken stop)
    {
        ulong needed = seenIn.Value - replay.Start.Value;
        if (needed > mostEvents)
        {
            return new AuditReading { SeenIn = seenIn, FoldedFrom = replay.Start, Needed = needed };
        }

        replay.RunTo(seenIn, stop);
        ulong last = Math.Min(mostEvents, ulong.MaxValue - replay.Start.Value) + replay.Start.Value;
        while (Later(replay.Engine.Audits.Blocks(), block, number) < Following && replay.At < reader.Watermark && replay.At.Value < last)
        {
            replay.RunTo(new GlobalSeq(Math.Min(((replay.At.Value / StepEvents) + 1) * StepEvents, reader.Watermark.Value)), stop);
            Volatile.Write(ref _at, replay.At.Value);
        }

        return ReadingOf(replay, seenIn, block, number);
    }

    private static AuditReading ReadingOf(LogReplay replay, GlobalSeq seenIn, Hash256? block, BlockNumber? number)
    {
        var audits = replay.Engine.Audits;
        var kept = audits.Blocks();
        var head = replay.Engine.Pool.Head?.Number;
        var wanted = block ?? ChooseAt(kept, number ?? head);
        return new AuditReading
        {
            SeenIn = seenIn,
            FoldedFrom = replay.Start,
            AsOf = replay.At,
            Head = head,
            IsSynthetic = replay.Engine.Observations.Sources().Any(static source => source.IsSynthetic),
            Kept = kept,
            Audit = wanted is { } found ? audits.Find(found) : null,
        };
    }

    /// <summary>The block at a height: the canonical one, or else the newest.</summary>
    public static Hash256? ChooseAt(IReadOnlyList<AuditedBlock> kept, BlockNumber? number)
    {
        List<AuditedBlock> atHeight = [.. kept.Where(block => block.Number == number)];
        int canonical = atHeight.FindIndex(static block => block.IsCanonical);
        return atHeight.Count == 0 ? null : atHeight[Math.Max(canonical, 0)].Hash;
    }

    /// <summary>Number of blocks that were audited after the wanted one, or after the first one at its height.</summary>
    private static int Later(IReadOnlyList<AuditedBlock> kept, Hash256? block, BlockNumber? number)
    {
        for (int i = kept.Count - 1; i >= 0; i--)
        {
            if (block is { } hash ? kept[i].Hash == hash : kept[i].Number == number)
            {
                return i;
            }
        }

        return int.MaxValue; // a block that the lifecycle refused has no audit, now or later
    }
}
