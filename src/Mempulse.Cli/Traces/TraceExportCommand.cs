using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.Cli.Logs;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Tracing.Collectors;
using Mempulse.Tracing.Otlp;
using Mempulse.Tracing.Reading;

namespace Mempulse.Cli.Traces;

/// <summary><c>mempulse trace export OPP --data DIR</c>: the trace of an opportunity, printed or sent to a collector. The ids are the same each time.</summary>
internal static class TraceExportCommand
{
    public static Command Build(CommandContext context)
    {
        var id = new Argument<string>("OPP") { Description = "The id of an opportunity: 0x and 64 hex digits." };
        var directory = new Option<string>("--data") { Description = "The log's directory, or the node's data directory if it has one log.", Required = true };
        var collector = new Option<string?>("--otlp") { Description = "Send the trace to the collector at this base address, such as http://127.0.0.1:4318, by OTLP. The protocol is http/protobuf, or the one that OTEL_EXPORTER_OTLP_PROTOCOL names." };
        var command = new Command("export", "Print the trace of an opportunity from its first sighting to its outcome, as text or (--json) as OTLP, or send it to a collector. An export can be repeated: the ids are the same each time.") { id, directory, collector };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(id);
            if (!Hash256.TryParse(text, out var opportunity))
            {
                throw new UsageException($"'{text}' is not a valid id: expected 0x and 64 hex digits.");
            }

            var settings = SettingsOf(parsed.GetValue(collector));
            var spans = await ReadAsync(context, LogPlace.Find(parsed.GetRequiredValue(directory)), opportunity, cancellationToken).ConfigureAwait(false);
            if (settings is not null)
            {
                return await SendAsync(context, parsed, settings, spans, cancellationToken).ConfigureAwait(false);
            }

            context.Write(parsed, output => TraceText.Write(output, spans), () => JsonNode.Parse(OtlpJson.Encode(OtlpTarget.ResourceOf(Environment.GetEnvironmentVariable), spans))!);
            return ExitCode.Good;
        });
        return command;
    }

    private static OtlpTarget? SettingsOf(string? address)
    {
        try
        {
            return address is null ? null : OtlpTarget.At(address, Environment.GetEnvironmentVariable);
        }
        catch (OtlpTargetException invalid)
        {
            throw new UsageException(invalid.Message, invalid);
        }
    }

    private static Task<IReadOnlyList<TraceSpan>> ReadAsync(CommandContext context, string path, Hash256 opportunity, CancellationToken cancellationToken)
    {
        var log = LogDirectory.OpenRead(path);
        var scope = new TraceScope(LogDirectory.ChainOf(path), FoldParameters.DefaultConfirmationDepthBlocks);
        return context.Progress.RunAsync("Reading", counter =>
        {
            counter.Total = (long)log.Watermark.Value;
            return OppTraceReader.Read(log, scope, opportunity, seq => counter.Done = (long)seq.Value, cancellationToken)
                ?? throw new UsageException($"The log in '{path}' has no opportunity {opportunity}.");
        });
    }

    private static async Task<int> SendAsync(CommandContext context, ParseResult parsed, OtlpTarget settings, IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        using var target = SpanCollector.Of(settings);
        string trace = Convert.ToHexStringLower(SpanIds.TraceOf(spans[0].Opportunity));
        switch (await target.ExportAsync(spans, cancellationToken).ConfigureAwait(false))
        {
            case CollectorAnswer.Taken taken: // a collector that has a span already refuses it
                string but = taken.Refused > 0 ? $"; it refused {taken.Refused}: {(taken.Reason.Length > 0 ? taken.Reason : "it may have them already")}" : string.Empty;
                context.Write(
                    parsed,
                    output => output.WriteLine($"{spans.Count} spans of trace {trace} sent to {settings.Endpoint}{but}"),
                    () => new JsonObject { ["traceId"] = trace, ["spans"] = spans.Count, ["refused"] = taken.Refused, ["endpoint"] = settings.Endpoint.ToString() });
                return ExitCode.Good;
            case CollectorAnswer.NotNow later:
                throw new IOException($"The trace was not sent: {later.Reason}");
            case CollectorAnswer.Never never:
                throw new IOException($"The trace was not sent: {never.Reason}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
