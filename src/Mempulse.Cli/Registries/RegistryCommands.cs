using System.CommandLine;

namespace Mempulse.Cli.Registries;

/// <summary><c>mempulse registry …</c></summary>
internal static class RegistryCommands
{
    public static Command Build(CommandContext context) => new("registry", "Check a registry of contracts and functions, and add to it.")
    {
        RegistryCheckCommand.Build(context),
        RegistryImportCommand.Build(context),
    };
}
