using System.CommandLine;

namespace Mempulse.Cli.Captures;

/// <summary><c>mempulse capture …</c></summary>
internal static class CaptureCommands
{
    public static Command Build(CommandContext context) => new("capture", "Make, inspect and play capture files.")
    {
        CaptureMakeCommand.Build(context),
        CaptureExcerptCommand.Build(context),
        CapturePlayCommand.Build(context),
        CaptureStatsCommand.Build(context),
    };
}
