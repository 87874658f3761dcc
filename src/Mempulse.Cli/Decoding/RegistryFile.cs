using System.CommandLine;
using Mempulse.Features.Registry;

namespace Mempulse.Cli.Decoding;

/// <summary>The registry of a command: the file that is shipped, or another one.</summary>
internal static class RegistryFile
{
    public static Option<string?> Option() => new("--registry") { Description = "The registry file; the shipped one by default." };

    /// <summary>Reads a registry.</summary>
    /// <param name="path">The file; null for the shipped one.</param>
    /// <exception cref="UsageException">The file is not a registry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ContractRegistry Read(string? path)
    {
        string file = path ?? Path.Combine(AppContext.BaseDirectory, "registry", "mempulse.json");
        try
        {
            return RegistryReader.Read(File.ReadAllBytes(file));
        }
        catch (RegistryException e)
        {
            throw new UsageException($"Cannot use the registry {file}: {e.Message}", e);
        }
    }
}
