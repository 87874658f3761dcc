using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Terminals;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Diffs;

namespace Mempulse.Cli.Replays;

/// <summary><c>mempulse diff DIR --from --to</c>: compares the state at two positions.</summary>
internal static class DiffCommand
{
    private const int DefaultLimit = 100;
    private const ulong StepEvents = 65_536;

    private static readonly TxState[] States = [.. Enum.GetValues<TxState>().Where(state => state != TxState.Unknown)];

    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var from = new Option<ulong>("--from") { Description = "Position of the first state; 0 is before the first event.", Required = true };
        var to = LogArguments.Position("--to", "Position of the second state; by default the log's last position.");
        var limit = new Option<int>("--limit") { Description = "Maximum number of transactions to list; all are counted.", DefaultValueFactory = _ => DefaultLimit };
        var command = new Command("diff", "Compare the state at two positions of a log.") { directory, from, to, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var first = new GlobalSeq(parsed.GetRequiredValue(from));
            using var replay = LogOnDisk.Replay(parsed.GetRequiredValue(directory), first);
            var last = LogArguments.SeqOf(parsed, to, replay.Reader.Watermark);
            if (first > last || last > replay.Reader.Watermark)
            {
                throw new UsageException($"'{first} to {last}' is not a valid range: expected --from up to --to, and --to up to the log's last position, {replay.Reader.Watermark}.");
            }

            if (first < replay.Start)
            {
                throw new UsageException($"'{first}' is not a valid --from: it is before the oldest available state, the checkpoint at {replay.Start}.");
            }

            var result = await context.Progress.RunAsync("Replaying", counter => Compare(replay, first, last, counter, cancellationToken)).ConfigureAwait(false);
            int most = Math.Max(0, parsed.GetValue(limit));
            context.Write(parsed, output => WriteText(output, result, most), () => ToJson(result, most));
            return ExitCode.Good;
        });
        return command;
    }

    private static Comparison Compare(LogReplay replay, GlobalSeq from, GlobalSeq to, ProgressCounter counter, CancellationToken cancellationToken)
    {
        counter.Total = (long)to.Value;
        Run(replay, from, counter, cancellationToken);
        var before = replay.Engine.Snapshot();
        Run(replay, to, counter, cancellationToken);
        return new Comparison(new StateDiff(before, replay.Engine.Snapshot()));
    }

    private static void Run(LogReplay replay, GlobalSeq to, ProgressCounter counter, CancellationToken cancellationToken)
    {
        while (replay.Engine.Applied < to)
        {
            replay.RunTo(new GlobalSeq(Math.Min(to.Value, replay.Engine.Applied.Value + StepEvents)), cancellationToken);
            counter.Done = (long)replay.Engine.Applied.Value;
        }
    }

    private static void WriteText(TextWriter output, Comparison result, int limit)
    {
        output.WriteLine($"from {result.Before.At} {result.Before.Digest} head {HeadOf(result.Before)}");
        output.WriteLine($"to   {result.After.At} {result.After.Digest} head {HeadOf(result.After)}");
        foreach (var state in States)
        {
            output.WriteLine($"{state,-10} {result.Before.TxsByState[(int)state],10} -> {result.After.TxsByState[(int)state]}");
        }

        foreach (var (from, to, count) in result.Moves())
        {
            output.WriteLine($"{count,10} {NameOf(from)} -> {NameOf(to)}");
        }

        foreach (var (hash, from, to) in result.Changes.Take(limit))
        {
            output.WriteLine($"{hash} {NameOf(from)} -> {NameOf(to)}");
        }

        if (result.Changes.Count > limit)
        {
            output.WriteLine($"and {result.Changes.Count - limit} more; --limit lists them");
        }
    }

    private static JsonObject ToJson(Comparison result, int limit) => new()
    {
        ["from"] = ToJson(result.Before),
        ["to"] = ToJson(result.After),
        ["moves"] = new JsonArray([.. result.Moves().Select(move => new JsonObject { ["from"] = move.From.ToString(), ["to"] = move.To.ToString(), ["count"] = move.Count })]),
        ["changedCount"] = result.Changes.Count,
        ["changed"] = new JsonArray(
        [
            .. result.Changes.Take(limit).Select(change => new JsonObject
            {
                ["tx"] = change.Hash.ToString(),
                ["from"] = change.Before.ToString(),
                ["to"] = change.After.ToString(),
            }),
        ]),
    };

    private static JsonObject ToJson(StateSnapshot state)
    {
        var counts = new JsonObject();
        foreach (var name in States)
        {
            counts[name.ToString()] = state.TxsByState[(int)name];
        }

        return new JsonObject { ["seq"] = state.At.Value, ["digest"] = state.Digest.ToString(), ["head"] = HeadOf(state), ["txs"] = counts };
    }

    private static string HeadOf(StateSnapshot state) => state.Head is { } head ? $"{head.Number} {head.Hash}" : "none";

    private static string NameOf(TxState state) => state == TxState.Unknown ? "not held" : state.ToString();

    /// <summary>The state at both ends, and every transaction whose state differs.</summary>
    private sealed class Comparison(StateDiff diff)
    {
        public StateSnapshot Before => diff.Before;

        public StateSnapshot After => diff.After;

        public IReadOnlyList<TxDifference> Changes { get; } = [.. diff.All()];

        public IEnumerable<(TxState From, TxState To, int Count)> Moves() => Changes
            .GroupBy(change => (change.Before, change.After))
            .OrderBy(moves => moves.Key)
            .Select(moves => (moves.Key.Before, moves.Key.After, moves.Count()));
    }
}
