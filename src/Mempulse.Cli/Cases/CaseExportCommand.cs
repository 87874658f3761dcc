using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Cases;

/// <summary><c>mempulse case export ID --data DIR --out FILE</c>: writes a case.</summary>
internal static class CaseExportCommand
{
    public static Command Build(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The id of a bundle, an opportunity or a simulation, or a transaction's hash: 0x and 64 hex digits." };
        var directory = new Option<string>("--data") { Description = "The log's directory, or the node's data directory if it has one log.", Required = true };
        var target = new Option<string>("--out") { Description = "The file to write. It must not exist.", Required = true };
        var at = LogArguments.Position("--at", "The case at this position; by default at the log's last one.");
        var isPrivate = new Option<bool>("--private") { Description = "Include signed transactions that are not public and can still be executed. Anyone who has the file can send them." };
        var command = new Command("export", "Write one file with the events, the rules, the witnesses and the results of an id.") { id, directory, target, at, isPrivate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(id);
            if (!Hash256.TryParse(text, out var wanted))
            {
                throw new UsageException($"'{text}' is not a valid id: expected 0x and 64 hex digits.");
            }

            string file = parsed.GetRequiredValue(target);
            if (File.Exists(file))
            {
                throw new UsageException($"'{file}' exists already.");
            }

            string path = LogPlace.Find(parsed.GetRequiredValue(directory));
            var rules = new SharedRules(LogOnDisk.Rules(path));
            using var replay = LogOnDisk.ReplayAt(path, rules, LogArguments.SeqOf(parsed, at, GlobalSeq.None), out var seq);
            var secrecy = parsed.GetValue(isPrivate) ? CaseSecrecy.Private : CaseSecrecy.Public;
            IReadOnlyCollection<CaseEvent> withheld = [];
            var content = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                var collector = new CaseCollector(path, replay, rules, secrecy);
                var collected = collector.Collect(wanted, cancellationToken);
                withheld = collector.Withheld;
                return collected with { Results = new CaseReproduction(collected, rules).Results() };
            }).ConfigureAwait(false);
            byte[] bytes = CaseFile.Encode(content);
            await File.WriteAllBytesAsync(file, bytes, cancellationToken).ConfigureAwait(false);
            context.Write(parsed, output => Write(output, content, withheld, file, bytes.Length), () => ToJson(content, withheld, file, bytes.Length));
            return ExitCode.Good;
        });
        return command;
    }

    private static void Write(TextWriter output, CaseContent content, IReadOnlyCollection<CaseEvent> withheld, string file, int sizeBytes)
    {
        output.WriteLine($"{content.Subject} {content.Id} at seq {content.AsOf}: {content.Records.Count} records, {content.Contents.Count} contents, {content.Results.Count} results, {sizeBytes} bytes in {file}");
        foreach (var one in withheld)
        {
            output.WriteLine($"Without the transactions of {CaseText.Of(one)}: they can still be executed, so anyone who has them can send them. --private includes them.");
        }
    }

    private static JsonObject ToJson(CaseContent content, IReadOnlyCollection<CaseEvent> withheld, string file, int sizeBytes) => new()
    {
        ["subject"] = content.Subject,
        ["id"] = content.Id.ToString(),
        ["asOfSeq"] = content.AsOf.Value,
        ["records"] = content.Records.Count,
        ["contents"] = content.Contents.Count,
        ["results"] = new JsonArray([.. content.Results.Select(static result => JsonValue.Create(result.Name))]),
        ["asLogged"] = CaseText.ToJson(content.AsLogged),
        ["withheld"] = CaseText.ToJson(withheld),
        ["bytes"] = sizeBytes,
        ["file"] = file,
    };
}
