using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>The end of a log as a new writer finds it; begins the segment that follows it.</summary>
internal sealed class LogTail
{
    private const string TornDirectory = "torn";
    private const int CopyChunkBytes = 1 << 20;

    private readonly TailScan? _scan;
    private readonly TornTail? _torn;

    private LogTail(LogChain chain, TailScan? scan, TornTail? torn)
    {
        Chain = chain;
        _scan = scan;
        _torn = torn;
        Lanes = scan?.Lanes ?? new LaneTable([]);
    }

    /// <summary>The segments found.</summary>
    public LogChain Chain { get; }

    /// <summary>The lane sequences as of <see cref="Proven"/>.</summary>
    public LaneTable Lanes { get; }

    /// <summary>The last position that is proven durable.</summary>
    public GlobalSeq Proven => new((_scan?.Proven.Next.Value ?? 1) - 1);

    /// <summary>Loads the log and classifies its tail; writes nothing except a copy of a torn tail.</summary>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged.</exception>
    public static LogTail Recover(EventLogOptions options)
    {
        var (chain, scan) = Examine(options);
        return new LogTail(chain, scan, scan is { TornBytes: > 0 } ? KeepTorn(options, scan) : null);
    }

    /// <summary>Loads the log and checks its end; writes nothing.</summary>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged or missing.</exception>
    public static (LogChain Chain, TailScan? Tail) Examine(EventLogOptions options)
    {
        var floor = DurableFloor.Read(options.Files, options.Directory, options.DurableFloor);
        var chain = LogChain.Load(options.Files, options.Directory, options.Chain);
        var tail = chain.Segments.Count == 0 ? null : TailScan.Of(options.Files, chain.Segments[^1]);
        return floor.LostEnd(options.Directory, tail) is { } lost && floor.Forbids(tail)
            ? throw new LogCorruptException(lost)
            : (chain, tail);
    }

    /// <summary>Begins the epoch's first segment. Once it exists, the previous segment ends where the new header says.</summary>
    public RecoveryReport Begin(SegmentRoll roll, EventLogOptions options, EpochFence fence)
    {
        SegmentEnd? previous = null;
        FrameBuffer? carried = null;
        if (_scan is not null)
        {
            if (options.Durability == Durability.Fsync)
            {
                SyncUnsynced(options.Files);
            }

            previous = new SegmentEnd(_scan.Segment.Name, _scan.Proven.Offset, _scan.Proven.PreviousCrc);
            _scan.Segment.Seal(previous);
            carried = _scan.Proven == _scan.End ? null : ReadLastFrame(options.Files, _scan);
        }

        roll.Begin(new SegmentHeader(options.Durability, options.Chain, fence.Epoch, Proven.Next, previous, Lanes.Marks()), carried);
        if (carried is not null)
        {
            LaneScan.Assign(Lanes, Proven.Next, carried.Count, carried.Payload.Span);
            Lanes.Commit();
        }

        var end = _scan?.Last ?? GlobalSeq.None;
        return new RecoveryReport(fence.Epoch, end, _scan is not { Footer: null }, carried?.Count ?? 0, _torn, Chain.Orphans)
        {
            // Only a log without fsync gets this far with a checkpoint ahead of its end.
            LostUpTo = new SnapshotStore(options.Files, Path.Combine(options.Directory, LogDirectory.CheckpointsName)).SetAsideAbove(end, fence.Check),
        };
    }

    /// <summary>Syncs what writers without fsync left in the page cache, because everything before an fsync log's end counts as durable.</summary>
    private void SyncUnsynced(ILogFileSystem files)
    {
        foreach (var segment in Chain.Segments.Reverse().TakeWhile(segment => segment.Header.Durability == Durability.Os))
        {
            using var file = files.Open(segment.Path, FileUse.Write);
            file.SyncFinally();
        }
    }

    private static FrameBuffer ReadLastFrame(ILogFileSystem files, TailScan scan)
    {
        using var file = files.Open(scan.Segment.Path, FileUse.Read);
        using var walker = new FrameWalker(file, scan.Segment.Header, scan.Proven, scan.End.Offset);
        if (walker.MoveNext() != FrameStep.Frame)
        {
            throw new LogCorruptException(walker.Damage ?? new LogDamage(file.Path, scan.Proven.Offset, "the frame that was valid a moment ago", "no valid frame"));
        }

        var buffer = new FrameBuffer();
        buffer.Clear();
        buffer.Add(walker.Payload.Span, walker.Frame.Count);
        return buffer;
    }

    private static TornTail KeepTorn(EventLogOptions options, TailScan scan)
    {
        string directory = Path.Combine(options.Directory, TornDirectory);
        string copyPath = Path.Combine(directory, $"{scan.Segment.Name}-{scan.End.Offset}.bin");
        options.Files.CreateDirectory(directory);
        options.Files.Delete(copyPath);
        using var source = options.Files.Open(scan.Segment.Path, FileUse.Read);
        using var copy = options.Files.Create(copyPath);
        byte[] chunk = new byte[(int)Math.Min(CopyChunkBytes, scan.TornBytes)];
        for (long done = 0; done < scan.TornBytes;)
        {
            int read = source.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, scan.TornBytes - done)), scan.End.Offset + done);
            copy.Write(chunk.AsSpan(0, read), done);
            done += read;
        }

        copy.Sync();
        options.Files.SyncDirectory(directory);
        return new TornTail(scan.Segment.Path, scan.End.Offset, scan.TornBytes, copyPath);
    }
}
