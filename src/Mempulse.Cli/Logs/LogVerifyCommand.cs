using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Canon.Files;
using Mempulse.Canon.Verification;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary><c>mempulse log verify DIR</c>: reads every byte.</summary>
internal static class LogVerifyCommand
{
    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var command = new Command("verify", "Read every byte of a log and report damage; exit code 1 if there is any.") { directory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(directory);
            var report = await context.Progress.RunAsync(
                "Verifying",
                counter => LogVerifier.Verify(PosixFileSystem.Instance, path, counter.Thousandths(), cancellationToken)).ConfigureAwait(false);
            foreach (var damage in report.Damage)
            {
                await context.Terminal.Error.WriteLineAsync($"mempulse: {damage}").ConfigureAwait(false);
            }

            context.Write(parsed, output => WriteText(output, path, report), () => ToJson(report));
            return report.IsSound ? ExitCode.Good : ExitCode.Damage;
        });
        return command;
    }

    private static void WriteText(TextWriter output, string path, VerificationReport report)
    {
        output.WriteLine(report.IsSound ? $"{path} is sound." : $"{path} is damaged in {report.Damage.Count} {(report.Damage.Count == 1 ? "place" : "places")}.");
        output.WriteLine($"valid: seq {report.Oldest} to {report.Watermark}, {report.Events} events in {report.Frames} frames and {report.Segments} segments");
        if (report.TornBytes > 0)
        {
            output.WriteLine($"{report.TornBytes} bytes of an unacknowledged tail follow; the next writer saves them beside the log and cuts them off.");
        }

        foreach (string orphan in report.Orphans)
        {
            output.WriteLine($"{orphan} is from a writer that had lost its epoch; nothing in it was acknowledged.");
        }
    }

    private static JsonObject ToJson(VerificationReport report) => new()
    {
        ["sound"] = report.IsSound,
        ["oldest"] = report.Oldest.Value,
        ["watermark"] = report.Watermark.Value,
        ["segments"] = report.Segments,
        ["frames"] = report.Frames,
        ["events"] = report.Events,
        ["tornBytes"] = report.TornBytes,
        ["orphans"] = new JsonArray([.. report.Orphans.Select(orphan => JsonValue.Create(orphan))]),
        ["damage"] = new JsonArray(
        [
            .. report.Damage.Select(damage => new JsonObject
            {
                ["file"] = damage.File,
                ["offset"] = damage.Offset,
                ["expected"] = damage.Expected,
                ["actual"] = damage.Actual,
                ["firstLost"] = damage.Last == GlobalSeq.None ? null : damage.First.Value,
                ["lastLost"] = damage.Last == GlobalSeq.None ? null : damage.Last.Value,
            }),
        ]),
    };
}
