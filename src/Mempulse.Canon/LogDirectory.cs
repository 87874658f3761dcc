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
    public const string CheckpointsName = "checkpoints";

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
    /// <remarks>Beside a live writer the reader ends before the last frame, because nothing proves yet that this frame is durable.</remarks>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory holds no log.</exception>
    public static ILogReader OpenRead(string directory) => OpenRead(directory, PosixFileSystem.Instance);

    /// <summary>Opens a reader over the log with a given file system.</summary>
    public static ILogReader OpenRead(string directory, ILogFileSystem files)
    {
        ArgumentNullException.ThrowIfNull(files);
        bool isLive = files.IsLocked(Path.Combine(directory, WriterSession.LockName));
        var chain = LogChain.Load(files, directory, chain: null);
        if (chain.Segments.Count == 0)
        {
            throw SegmentFiles.NoneIn(directory);
        }

        var last = chain.Segments[^1];
        var scan = isLive ? TailScan.OfLive(files, last) : TailScan.Of(files, last);
        var end = isLive ? scan.Proven : scan.End;
        last.EndBytes = end.Offset;
        return new LogReader(files, new LogState(chain.Segments, new GlobalSeq(end.Next.Value - 1)), new KeyIndexes(files, KeyIndexUse.ReadOnly));
    }
}
