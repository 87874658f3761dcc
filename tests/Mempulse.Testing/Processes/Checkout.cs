namespace Mempulse.Testing.Processes;

/// <summary>The checkout the tests were built in, and the programs built with them.</summary>
public static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The service.</summary>
    public static string NodeProgram => Path.Combine(Root, "artifacts", "bin", "Mempulse.Node", "release", "Mempulse.Node.dll");

    /// <summary>The command line.</summary>
    public static string CliProgram => Path.Combine(Root, "artifacts", "bin", "Mempulse.Cli", "release", "mempulse.dll");

    /// <summary>The text of the shipped registry.</summary>
    public static Task<string> RegistryAsync(CancellationToken stop) => File.ReadAllTextAsync(Path.Combine(Root, "registry", "mempulse.json"), stop);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mempulse.Orleans.sln")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("Cannot find the checkout: no folder above the tests contains Mempulse.Orleans.sln.");
    }
}
