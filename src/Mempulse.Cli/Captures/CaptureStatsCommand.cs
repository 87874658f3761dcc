using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Net.Captures;

namespace Mempulse.Cli.Captures;

/// <summary><c>mempulse capture stats CAPTURE</c>: checks a capture from end to end and summarises it.</summary>
internal static class CaptureStatsCommand
{
    private const double NanosecondsPerSecond = 1e9;

    public static Command Build(CommandContext context)
    {
        var path = new Argument<string>("CAPTURE") { Description = "A capture file, or a directory with exactly one." };
        var command = new Command("stats", "Check a capture from end to end and summarise it.") { path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var reader = CaptureReader.Open(CapturePlace.Find(parsed.GetRequiredValue(path)));
            var counts = await context.Progress.RunAsync("Reading the capture", _ => Count(reader, cancellationToken)).ConfigureAwait(false);
            context.Write(parsed, output => WriteText(output, reader.Header, counts), () => ToJson(reader.Header, counts));
            return ExitCode.Good;
        });
        return command;
    }

    private static Counts Count(CaptureReader reader, CancellationToken cancellationToken)
    {
        var counts = new Counts();
        while (reader.TryRead(out var entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            counts.Sightings += entry.Kind == CaptureEntryKind.Sighting ? 1UL : 0;
            counts.Bodies += entry.Kind == CaptureEntryKind.Body ? 1UL : 0;
            counts.Facts += entry.Kind == CaptureEntryKind.Fact ? 1UL : 0;
            counts.Seconds = entry.OffsetNanoseconds / NanosecondsPerSecond;
        }

        return counts;
    }

    private static void WriteText(TextWriter output, CaptureHeader header, Counts counts)
    {
        output.WriteLine(header.Title);
        output.WriteLine(header.Label);
        output.WriteLine($"chain {header.Chain}, seed {header.Seed}, {counts.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        output.WriteLine($"sources {string.Join(", ", header.Sources.Select(source => source.Name))}");
        output.WriteLine($"sightings {counts.Sightings}, bodies {counts.Bodies}, other facts {counts.Facts}");
        output.WriteLine(header.Provenance);
    }

    private static JsonObject ToJson(CaptureHeader header, Counts counts) => new()
    {
        ["title"] = header.Title,
        ["chain"] = header.Chain.Value,
        ["synthetic"] = header.IsSynthetic,
        ["label"] = header.Label,
        ["provenance"] = header.Provenance,
        ["seed"] = header.Seed,
        ["startNs"] = header.Start.Value,
        ["seconds"] = counts.Seconds,
        ["sources"] = new JsonArray([.. header.Sources.Select(source => JsonValue.Create(source.Name))]),
        ["confirmationDepthBlocks"] = header.SuggestedParameters.ConfirmationDepthBlocks,
        ["sightings"] = counts.Sightings,
        ["bodies"] = counts.Bodies,
        ["facts"] = counts.Facts,
    };

    private sealed class Counts
    {
        public ulong Sightings { get; set; }

        public ulong Bodies { get; set; }

        public ulong Facts { get; set; }

        public double Seconds { get; set; }
    }
}
