using System.CommandLine;
using Mempulse.Features.Registry;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Decoding;

/// <summary>The registry of a command: the file that is shipped, or another one.</summary>
internal static class RegistryOption
{
    public static Option<string?> Build() => new("--registry") { Description = "The registry file; the shipped one by default." };

    /// <summary>Reads a registry.</summary>
    /// <param name="path">The file; null for the shipped one.</param>
    /// <exception cref="UsageException">The file is not a registry.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RegistryFile Read(string? path)
    {
        try
        {
            return RegistryFile.Read(path ?? RegistryFile.Shipped);
        }
        catch (RegistryException e)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
