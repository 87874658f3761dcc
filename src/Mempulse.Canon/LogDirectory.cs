using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>Opens a log's directory to read it only, without a lock; safe beside a live writer.</summary>
public static class LogDirectory
{
    /// <summary>A reader over the log as it is now.</summary>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no log.</exception>
    public static ILogReader OpenRead(string directory) => OpenRead(directory, PosixFileSystem.Instance);

    /// <summary>A reader over the log as it is now, on another file system.</summary>
    public static ILogReader OpenRead(string directory, ILogFileSystem files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var chain = LogChain.Load(files, directory, chain: null);
        if (chain.Segments.Count == 0)
        {
            throw new DirectoryNotFoundException($"There is no log in {directory}.");
        }

        var last = chain.Segments[^1];
        var scan = TailScan.Of(files, last);
        last.EndBytes = scan.End.Offset;
        var state = new LogState(chain.Segments, scan.Last == GlobalSeq.None ? GlobalSeq.None : scan.Last);
        return new LogReader(files, state, new KeyIndexes(files));
    }
}
