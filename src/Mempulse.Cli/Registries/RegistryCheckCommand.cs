using System.CommandLine;
using Mempulse.Features.Checks;
using Mempulse.Features.Registry;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Registries;

/// <summary><c>mempulse registry check FILE [--against OTHER]</c>: collisions and unused entries of a registry, and what changed against another version.</summary>
internal static class RegistryCheckCommand
{
    public static Command Build(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The registry file." };
        var against = new Option<string?>("--against") { Description = "Another version: what changed from it to FILE." };
        var limit = new Option<int>("--limit") { Description = "Entries to list of each kind; the rest is counted.", DefaultValueFactory = static _ => 100 };
        var command = new Command("check", "Find collisions and unused entries, and what changed against another version.") { file, against, limit };
        command.SetAction(parsed =>
        {
            int most = parsed.GetValue(limit) is >= 0 and var given ? given : throw new UsageException($"'{parsed.GetValue(limit)}' is not a valid limit: expected 0 or more.");
            var content = Read(parsed.GetRequiredValue(file));
            var other = parsed.GetValue(against) is { } path ? Read(path) : null;
            var report = new RegistryReport
            {
                Content = content,
                Against = other?.ContentHash,
                Collisions = Listing<RegistryCollision>.Of(RegistryCheck.Collisions(content), most),
                Unused = Listing<UnreadEntry>.Of(RegistryCheck.Unused(content), most),
                Changes = other is null ? null : Listing<RegistryChange>.Of(RegistryComparison.Changes(other, content), most),
            };
            context.Write(parsed, report.WriteText, report.ToJson);
            return ExitCode.Good;
        });
        return command;
    }

    private static RegistryContent Read(string path) => RegistryReader.ReadContent(RegistryFile.Read(path).Content);
}
