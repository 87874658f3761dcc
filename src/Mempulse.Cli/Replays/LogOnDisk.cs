using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Canon.Reading;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Replays;

/// <summary>Opens the log and the checkpoints of a node or a recording in a directory.</summary>
internal static class LogOnDisk
{
    /// <summary>The checkpoints beside a log; may be empty.</summary>
    public static CheckpointStore Checkpoints(string directory, ChainId chain) =>
        CheckpointStore.Beside(chain, CompositionOf(directory), PosixFileSystem.Instance, directory);

    /// <summary>The composition that folds a log, with the rules beside it.</summary>
    public static FoldComposition CompositionOf(string directory) => FoldComposition.Default.Reading(RulesStore.Beside(directory, PosixFileSystem.Instance));

    /// <summary>A replay that starts at or before a position, <see cref="GlobalSeq.None"/> for the beginning.</summary>
    /// <exception cref="UsageException">The log is empty, or its beginning was deleted and no checkpoint replaces it.</exception>
    public static LogReplay Replay(string directory, GlobalSeq from) => Replay(directory, LogDirectory.OpenRead(directory), from);

    /// <summary>A replay that starts at the newest checkpoint.</summary>
    /// <exception cref="UsageException">The log is empty, or its beginning was deleted and no checkpoint replaces it.</exception>
    public static LogReplay ReplayNewest(string directory)
    {
        var reader = LogDirectory.OpenRead(directory);
        return Replay(directory, reader, reader.Watermark);
    }

    private static LogReplay Replay(string directory, ILogReader reader, GlobalSeq from)
    {
        if (reader.Read(reader.Oldest, maxBytes: 1) is null)
        {
            throw new UsageException($"The log in '{directory}' is empty.");
        }

        try
        {
            return LogReplay.Open(reader, Checkpoints(directory, LogDirectory.ChainOf(directory)), from);
        }
        catch (LogTruncatedException truncated)
        {
            string where = from > GlobalSeq.None ? $"at or below {from}" : "beside it";
            throw new UsageException($"The log in '{directory}' begins at seq {reader.Oldest}: earlier events were deleted, and there is no usable checkpoint {where}.", truncated);
        }
    }
}
