using System.CommandLine;

namespace Mempulse.Cli.Traces;

/// <summary><c>mempulse trace …</c></summary>
internal static class TraceCommands
{
    public static Command Build(CommandContext context) => new("trace", "Traces of opportunities, from the log.")
    {
        TraceExportCommand.Build(context),
    };
}
