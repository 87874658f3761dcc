using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>Opens a log's directory to read it only, without a lock; safe beside a live writer.</summary>
public static class LogDirectory
{
    /// <summary>Name of the directory, within a log's, where the checkpoints of its fold lie.</summary>
    public const string CheckpointsName = "checkpoints";

    /// <summary>The chain whose log lies in the directory, as its segments say.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no log.</exception>
    public static ChainId ChainOf(string directory)
    {
        var chain = LogChain.Load(PosixFileSystem.Instance, directory, chain: null);
        return chain.Segments.Count > 0
            ? chain.Segments[0].Header.Chain
            : throw new DirectoryNotFoundException($"There is no log in {directory}.");
    }

    /// <summary>A reader over the log.</summary>
    /// <remarks>
    /// Beside a live writer it ends before the last frame, as nothing yet proves that this one is durable. Its view is
    /// that of the moment; <see cref="ILogReader.WaitPastAsync"/> looks again.
    /// </remarks>
    /// <exception cref="LogCorruptException">Acknowledged data is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no log.</exception>
    public static ILogReader OpenRead(string directory) => OpenRead(directory, PosixFileSystem.Instance, TimeProvider.System);

    /// <summary>A reader over the log, on another file system and with another clock.</summary>
    public static ILogReader OpenRead(string directory, ILogFileSystem files, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new DirectoryReader(directory, files, time);
    }
}
