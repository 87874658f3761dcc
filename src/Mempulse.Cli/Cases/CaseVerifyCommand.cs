using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cases;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Requests;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Cases;

/// <summary><c>mempulse case verify FILE</c>: reproduces a case from the file alone, and names the first field that differs.</summary>
internal static class CaseVerifyCommand
{
    public static Command Build(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The case file." };
        var command = new Command("verify", "Reproduce a case from its file alone; exit code 1 if anything differs, with the first field that does.") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            var content = CaseFile.Read(path);
            var difference = Check(path, content);
            context.Write(parsed, output => Write(output, content, difference), () => ToJson(content, difference));
            return difference is null ? ExitCode.Good : ExitCode.Damage;
        });
        return command;
    }

    private static CaseCheck? Check(string path, CaseContent content)
    {
        try
        {
            return CaseCheck.Of(content);
        }
        catch (EventDecodeException malformed)
        {
            throw new CaseDamagedException(path, malformed.Message, malformed);
        }
    }

    private static void Write(TextWriter output, CaseContent content, CaseCheck? difference)
    {
        output.WriteLine($"{content.Subject} {content.Id} at seq {content.AsOf} of chain {content.Chain}: {content.Records.Count} records, {content.Contents.Count} contents");
        foreach (var result in content.Results)
        {
            output.WriteLine($"  {result.Name}");
        }

        foreach (var one in CaseText.EventsOf(content).Except(content.AsLogged))
        {
            output.WriteLine($"  {CaseText.Of(one)}");
        }

        foreach (var one in content.AsLogged)
        {
            output.WriteLine($"  {CaseText.Of(one)}, as it was logged: {CaseText.ReasonOf(one)}");
        }

        if (OtherVersion(content) is { } note)
        {
            output.WriteLine(note);
        }

        output.WriteLine(difference is null
            ? content.AsLogged.Count == 0 ? "Everything is reproduced." : "Everything else is reproduced."
            : $"{difference.Field} differs: the case states {difference.Stated}, and {difference.Found} follows from it.");
    }

    private static JsonObject ToJson(CaseContent content, CaseCheck? difference) => new()
    {
        ["subject"] = content.Subject,
        ["id"] = content.Id.ToString(),
        ["chain"] = content.Chain.ToString(),
        ["asOfSeq"] = content.AsOf.Value,
        ["results"] = new JsonArray([.. content.Results.Select(static result => JsonValue.Create(result.Name))]),
        ["events"] = CaseText.ToJson(CaseText.EventsOf(content).Except(content.AsLogged)),
        ["asLogged"] = CaseText.ToJson(content.AsLogged),
        ["note"] = OtherVersion(content),
        ["reproduced"] = difference is null,
        ["field"] = difference?.Field,
        ["stated"] = difference?.Stated,
        ["found"] = difference?.Found,
    };

    /// <summary>A sentence if another engine or other rules of simulation made the case.</summary>
    private static string? OtherVersion(CaseContent content)
    {
        string made = string.Join(", ", content.Versions.Where(static version => version.Name != "fold").Select(static version => $"{version.Name} {version.Text}"));
        string own = $"engine {SimVersions.Engine}, simulation {SimVersions.Rules}";
        return made == own ? null : $"It was made by {made}; this is {own}. That may explain differences.";
    }
}
