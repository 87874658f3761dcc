using System.CommandLine;

namespace Mempulse.Cli.Cases;

/// <summary><c>mempulse case</c>: one file with everything from which a transaction's, an opportunity's or a bundle's results follow.</summary>
internal static class CaseCommands
{
    public static Command Build(CommandContext context) => new("case", "Export a transaction, an opportunity or a bundle with its evidence into one file, and reproduce it from such a file.")
    {
        CaseExportCommand.Build(context),
        CaseVerifyCommand.Build(context),
    };
}
