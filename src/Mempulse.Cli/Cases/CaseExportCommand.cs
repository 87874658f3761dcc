using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cases;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Features.Rules;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;

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
            var exported = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                return Export(wanted, seq, path, replay, rules, secrecy, cancellationToken);
            }).ConfigureAwait(false);
            await File.WriteAllBytesAsync(file, exported.File, cancellationToken).ConfigureAwait(false);
            context.Write(parsed, output => Write(output, exported, file), () => ToJson(exported, file));
            return ExitCode.Good;
        });
        return command;
    }

    private static ExportedCase Export(Hash256 id, GlobalSeq seq, string path, LogReplay replay, SharedRules rules, CaseSecrecy secrecy, CancellationToken cancellationToken)
    {
        try
        {
            return CaseExport.Run(id, seq, replay, rules, () => ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(path) }), secrecy, cancellationToken);
        }
        catch (CaseUnavailableException problem)
        {
            throw new UsageException($"There is no case from '{path}'. {problem.Message}", problem);
        }
    }

    private static void Write(TextWriter output, ExportedCase exported, string file)
    {
        var content = exported.Content;
        output.WriteLine($"{content.Subject} {content.Id} at seq {content.AsOf}: {content.Records.Count} records, {content.Contents.Count} contents, {content.Results.Count} results, {exported.File.Length} bytes in {file}");
        foreach (var one in exported.Withheld)
        {
            output.WriteLine($"Without the transactions of {CaseText.Of(one)}: they can still be executed, so anyone who has them can send them. --private includes them.");
        }
    }

    private static JsonObject ToJson(ExportedCase exported, string file) => new()
    {
        ["subject"] = exported.Content.Subject,
        ["id"] = exported.Content.Id.ToString(),
        ["asOfSeq"] = exported.Content.AsOf.Value,
        ["records"] = exported.Content.Records.Count,
        ["contents"] = exported.Content.Contents.Count,
        ["results"] = new JsonArray([.. exported.Content.Results.Select(static result => JsonValue.Create(result.Name))]),
        ["asLogged"] = CaseText.ToJson(exported.Content.AsLogged),
        ["withheld"] = CaseText.ToJson(exported.Withheld),
        ["bytes"] = exported.File.Length,
        ["file"] = file,
    };
}
