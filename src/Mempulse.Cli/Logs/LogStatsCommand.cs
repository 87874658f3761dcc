using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Canon.Verification;
using Mempulse.Primitives.Events;
using Spectre.Console;

namespace Mempulse.Cli.Logs;

/// <summary><c>mempulse log stats DIR</c>: what a log contains.</summary>
internal static class LogStatsCommand
{
    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var pastDamage = LogArguments.PastDamage();
        var command = new Command("stats", "Count the events of a log, by kind and by lane.") { directory, pastDamage };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var reader = LogDirectory.OpenRead(parsed.GetRequiredValue(directory));
            var report = new DamageReport(context.Terminal);
            Action<LogDamage>? passed = parsed.GetValue(pastDamage) ? report.Add : null;
            var stats = await context.Progress.RunAsync(
                "Counting", counter => LogStats.Collect(reader, counter.Thousandths(), passed, cancellationToken)).ConfigureAwait(false);
            context.Write(parsed, output => WriteText(output, stats, context.Events), () => ToJson(stats, context.Events));
            return report.Outcome;
        });
        return command;
    }

    private static void WriteText(TextWriter output, LogStats stats, EventCatalog events)
    {
        output.WriteLine($"seq {stats.Oldest} to {stats.Watermark}, {stats.Events} events, {stats.RecordBytes} bytes of records");
        output.WriteLine($"observed {stats.FirstTimestamp.ToRfc3339()} to {stats.LastTimestamp.ToRfc3339()}, epochs {string.Join(", ", stats.Epochs)}");
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var kinds = new Table().AddColumns("kind", "events", "bytes");
        foreach (var kind in stats.ByKind)
        {
            kinds.AddRow(events.NameOf(kind.Kind), $"{kind.Events}", $"{kind.Bytes}");
        }

        var lanes = new Table().AddColumns("lane", "events", "bytes", "last cause", "last local seq");
        foreach (var lane in stats.ByLane)
        {
            lanes.AddRow(LaneNames.Of(lane.Lane), $"{lane.Events}", $"{lane.Bytes}", $"{lane.Last.Cause}", $"{lane.Last.LocalSeq}");
        }

        console.Write(kinds);
        console.Write(lanes);
    }

    private static JsonObject ToJson(LogStats stats, EventCatalog events) => new()
    {
        ["oldest"] = stats.Oldest.Value,
        ["watermark"] = stats.Watermark.Value,
        ["events"] = stats.Events,
        ["recordBytes"] = stats.RecordBytes,
        ["firstTimestampNs"] = stats.FirstTimestamp.Value,
        ["lastTimestampNs"] = stats.LastTimestamp.Value,
        ["epochs"] = new JsonArray([.. stats.Epochs.Select(epoch => JsonValue.Create(epoch.Value))]),
        ["kinds"] = new JsonArray(
        [
            .. stats.ByKind.Select(kind => new JsonObject { ["kind"] = events.NameOf(kind.Kind), ["events"] = kind.Events, ["bytes"] = kind.Bytes }),
        ]),
        ["lanes"] = new JsonArray(
        [
            .. stats.ByLane.Select(lane => new JsonObject
            {
                ["lane"] = LaneNames.Of(lane.Lane),
                ["events"] = lane.Events,
                ["bytes"] = lane.Bytes,
                ["lastCause"] = lane.Last.Cause.Value,
                ["lastLocalSeq"] = lane.Last.LocalSeq,
            }),
        ]),
    };
}
