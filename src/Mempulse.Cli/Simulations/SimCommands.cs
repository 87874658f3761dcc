using System.CommandLine;

namespace Mempulse.Cli.Simulations;

/// <summary><c>mempulse sim …</c></summary>
internal static class SimCommands
{
    public static Command Build(CommandContext context) => new("sim", "Recorded simulations.")
    {
        SimRerunCommand.Build(context),
    };
}
