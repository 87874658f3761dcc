using System.CommandLine;
using System.CommandLine.Parsing;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Cli.Terminals;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Logs;

/// <summary><c>mempulse log dump DIR</c>: events, one per line.</summary>
internal sealed class LogDumpCommand(Terminal terminal, EventCatalog events, DumpQuery query, DamageReport report, CancellationToken cancellationToken)
{
    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var from = LogArguments.Position("--from", "First position, inclusive.");
        var to = LogArguments.Position("--to", "Last position, inclusive.");
        var kinds = KindOption(context.Events);
        var pastDamage = LogArguments.PastDamage();
        var command = new Command("dump", "Print events, one per line.") { directory, from, to, kinds, pastDamage };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var reader = LogDirectory.OpenRead(parsed.GetRequiredValue(directory));
            var query = new DumpQuery(
                LogArguments.SeqOf(parsed, from, reader.Oldest),
                LogArguments.SeqOf(parsed, to, reader.Watermark),
                parsed.GetValue(kinds) is { Length: > 0 } asked ? asked : null,
                parsed.GetValue(context.Json) ? DumpForm.Json : DumpForm.Text,
                parsed.GetValue(pastDamage) ? Damaged.Pass : Damaged.Stop);
            var dump = new LogDumpCommand(context.Terminal, context.Events, query, new DamageReport(context.Terminal), cancellationToken);
            return await context.Progress.RunPrintingAsync("Dumping", counter => dump.Run(reader, counter)).ConfigureAwait(false);
        });
        return command;
    }

    private static Option<EventKind[]> KindOption(EventCatalog events)
    {
        var kinds = new Option<EventKind[]>("--kind")
        {
            Description = "Print only events of this kind; may be repeated.",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token => KindOf(token.Value, events, result))],
        };
        kinds.CompletionSources.Add([.. events.Types.Select(type => type.Name)]);
        return kinds;
    }

    private static EventKind KindOf(string name, EventCatalog events, ArgumentResult result)
    {
        if (!events.TryFind(name, out var type))
        {
            result.AddError($"'{name}' is not a valid event kind: expected one of {string.Join(", ", events.Types)}.");
            return EventKind.None;
        }

        return type.Kind;
    }

    private int Run(ILogReader reader, ProgressCounter counter)
    {
        if (query.From > query.To || query.From > reader.Watermark)
        {
            return ExitCode.Good;
        }

        counter.Total = (long)(query.To.Value - query.From.Value + 1);
        Action<LogDamage>? passed = query.Damaged == Damaged.Pass ? report.Add : null;
        foreach (var frame in reader.ReadFrames(query.From, passed))
        {
            foreach (var record in frame)
            {
                if (record.Seq > query.To)
                {
                    return report.Outcome;
                }

                Write(record);
            }

            cancellationToken.ThrowIfCancellationRequested();
            counter.Done = (long)(frame.Last.Value - query.From.Value + 1);
        }

        return report.Outcome;
    }

    private void Write(in RecordView record)
    {
        if (query.Kinds is { } kinds && !kinds.Contains(record.Kind))
        {
            return;
        }

        if (query.Form == DumpForm.Json)
        {
            terminal.Output.WriteLine(EventJson.TextOf(record, events));
            return;
        }

        string cause = record.IsDerived ? $" of {record.Cause}" : string.Empty;
        string payload = events.Decode(record) is { } known ? EventJson.PayloadOf(known) : string.Empty;
        terminal.Output.WriteLine(
            $"{record.Seq} {record.Timestamp.ToRfc3339()} {events.NameOf(record.Kind)}{cause} {LaneNames.Of(record.Lane)}/{record.LocalSeq} {KeysOf(record)} {payload}");
    }

    private static string KeysOf(in RecordView record)
    {
        var keys = new List<string>();
        for (int kind = 0; kind < EventKeys.KindCount; kind++)
        {
            if (record.TryGetKey((KeyKind)kind, out var key))
            {
                keys.Add($"{EventJson.NameOf(key.Kind)}={key}");
            }
        }

        return string.Join(' ', keys);
    }
}
