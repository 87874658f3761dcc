using System.CommandLine;

namespace Mempulse.Cli.Logs;

/// <summary><c>mempulse log …</c></summary>
internal static class LogCommands
{
    public static Command Build(CommandContext context) => new("log", "Look into a log; nothing is ever changed.")
    {
        LogVerifyCommand.Build(context),
        LogStatsCommand.Build(context),
        LogDumpCommand.Build(context),
    };
}
