using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Canon.Reading;
using Mempulse.Features.Rules;
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
    public static CheckpointStore Checkpoints(string directory, ChainId chain) => Checkpoints(directory, chain, Rules(directory));

    /// <summary>The rules beside a log.</summary>
    public static IRulesContents Rules(string directory) => RulesStore.Beside(directory, PosixFileSystem.Instance);

    /// <summary>The composition that folds a log, with the rules beside it.</summary>
    public static FoldComposition CompositionOf(string directory) => FoldComposition.Default.Reading(Rules(directory));

    /// <summary>A replay that starts at or before a position, <see cref="GlobalSeq.None"/> for the beginning.</summary>
    /// <exception cref="UsageException">The log is empty, or its beginning was deleted and no checkpoint replaces it.</exception>
    public static LogReplay Replay(string directory, GlobalSeq from) => Replay(directory, LogDirectory.OpenRead(directory), Rules(directory), from);

    /// <summary>A replay that starts at the newest checkpoint at or before a position, for the state there.</summary>
    /// <param name="directory">The log's directory.</param>
    /// <param name="at">The position that the user gave; <see cref="GlobalSeq.None"/> for the log's last one.</param>
    /// <param name="seq">The position.</param>
    /// <exception cref="UsageException">The position is not in the log, the log is empty, or its beginning was deleted and no checkpoint replaces it.</exception>
    public static LogReplay ReplayAt(string directory, GlobalSeq at, out GlobalSeq seq) => ReplayAt(directory, Rules(directory), at, out seq);

    /// <summary>The same with rules that the caller shares with other engines.</summary>
    /// <exception cref="UsageException">The position is not in the log, the log is empty, or its beginning was deleted and no checkpoint replaces it.</exception>
    public static LogReplay ReplayAt(string directory, IRulesContents rules, GlobalSeq at, out GlobalSeq seq)
    {
        var reader = LogDirectory.OpenRead(directory);
        seq = at == GlobalSeq.None ? reader.Watermark : at;
        var replay = Replay(directory, reader, rules, seq);
        if (seq <= reader.Watermark && seq >= replay.Start)
        {
            return replay;
        }

        string range = $"{Math.Max(replay.Start.Value, 1)} to the log's last position, {reader.Watermark}";
        replay.Dispose();
        throw new UsageException($"'{seq}' is not a valid --at: expected {range}.");
    }

    private static CheckpointStore Checkpoints(string directory, ChainId chain, IRulesContents rules) =>
        CheckpointStore.Beside(chain, FoldComposition.Default.Reading(rules), PosixFileSystem.Instance, directory);

    private static LogReplay Replay(string directory, ILogReader reader, IRulesContents rules, GlobalSeq from)
    {
        if (reader.Read(reader.Oldest, maxBytes: 1) is null)
        {
            throw new UsageException($"The log in '{directory}' is empty.");
        }

        try
        {
            return LogReplay.Open(reader, Checkpoints(directory, LogDirectory.ChainOf(directory), rules), from);
        }
        catch (LogTruncatedException truncated)
        {
            string where = from > GlobalSeq.None ? $"at or below {from}" : "beside it";
            throw new UsageException($"The log in '{directory}' begins at seq {reader.Oldest}: earlier events were deleted, and there is no usable checkpoint {where}.", truncated);
        }
    }
}
