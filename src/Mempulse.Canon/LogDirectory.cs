using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>Opens a log's directory for reading, without a lock; safe beside a live writer.</summary>
public static class LogDirectory
{
    /// <summary>Name of the subdirectory of a log that holds the checkpoints of its fold.</summary>
    public const string CheckpointsName = LogFileNames.Checkpoints;

    /// <summary>Returns the chain whose log is in the directory, read from its segments.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory holds no log.</exception>
    public static ChainId ChainOf(string directory)
    {
        var chain = LogChain.Load(PosixFileSystem.Instance, directory, chain: null);
        return chain.Segments.Count > 0
            ? chain.Segments[0].Header.Chain
            : throw SegmentFiles.NoneIn(directory);
    }

    /// <summary>Opens a reader over the log as it is now; later records are not seen.</summary>
    /// <remarks>
    /// Beside a live writer the reader ends before the last frame, because nothing proves yet that this frame is durable. If the
    /// log has lost its end, everything before it is read, and then the loss is thrown.
    /// </remarks>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory holds no log.</exception>
    public static ILogReader OpenRead(string directory) => OpenRead(directory, PosixFileSystem.Instance);

    /// <summary>Opens a reader over the log with a given file system.</summary>
    public static ILogReader OpenRead(string directory, ILogFileSystem files)
    {
        ArgumentNullException.ThrowIfNull(files);
        bool isLive = files.IsLocked(Path.Combine(directory, LogFileNames.Lock));
        var floor = DurableFloor.Read(files, directory, GlobalSeq.None);
        var chain = LogChain.Load(files, directory, chain: null);
        if (chain.Segments.Count == 0)
        {
            throw floor.LostEnd(directory, tail: null) is { } lost ? new LogCorruptException(lost) : SegmentFiles.NoneIn(directory);
        }

        var last = chain.Segments[^1];
        var (end, known) = isLive ? EndBesideWriter(files, last) : EndOf(files, last);
        last.EndBytes = end.Offset;
        return new LogReader(files, new LogState(chain.Segments, new GlobalSeq(end.Next.Value - 1)) { LostEnd = floor.LostEnd(last.Path, known) }, new KeyIndexes(files));
    }

    private static (FramePosition End, FramePosition Known) EndBesideWriter(ILogFileSystem files, Segment last)
    {
        var scan = TailScan.OfLive(files, last);
        return (scan.Proven, scan.End);
    }

    private static (FramePosition End, FramePosition Known) EndOf(ILogFileSystem files, Segment last)
    {
        try
        {
            var end = TailScan.Of(files, last).End;
            return (end, end);
        }
        catch (LogCorruptException)
        {
            // What can be read is read; a scan throws where the damage is.
            using var file = files.Open(last.Path, FileUse.Read);
            using var walker = new DamageWalker(file, last.Header, FrameWalker.StartOf(last.Header), file.LengthBytes);
            while (walker.MoveNext())
            {
            }

            return (walker.Position, walker.Position);
        }
    }
}
