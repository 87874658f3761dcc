using System.CommandLine;

namespace Mempulse.Cli.Logs;

/// <summary><c>mempulse log …</c></summary>
internal static class LogCommands
{
    public static Command Build(CommandContext context) => new("log", "Inspect a log; changes nothing.")
    {
        LogVerifyCommand.Build(context),
        LogStatsCommand.Build(context),
        LogDumpCommand.Build(context),
    };
}
