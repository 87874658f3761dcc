using System.Text.Json;

namespace Mempulse.Mutation;

/// <summary>The compiler's command line for one project of the copy, read from MSBuild once: starting MSBuild takes longer than compiling a mutant.</summary>
/// <param name="Directory">The project's folder, which the paths start from.</param>
/// <param name="Compiler">The path of csc.dll.</param>
/// <param name="Arguments">The path of the response file.</param>
/// <param name="Assembly">The path of the assembly that it writes.</param>
internal sealed record CompilerCommand(string Directory, string Compiler, string Arguments, string Assembly)
{
    private const string Out = "/out:";
    private const string NoConfig = "/noconfig";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Reads the command line of a project that has been built.</summary>
    /// <exception cref="InvalidOperationException">MSBuild does not state it.</exception>
    public static async Task<CompilerCommand> OfAsync(string project, CancellationToken cancellationToken)
    {
        string directory = Path.GetDirectoryName(project)!;

        // The target names an output that does not exist, or MSBuild would skip it as up to date and state nothing.
        var read = await Tool.RunAsync(
            directory,
            Limit,
            "dotnet",
            [
                "msbuild", project, "-t:Compile", "-p:Configuration=Release", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
                "-p:NonExistentFile=none", "-getItem:CscCommandLineArgs", "-getProperty:RoslynTargetsPath", "-nologo",
            ],
            cancellationToken).ConfigureAwait(false);
        if (read.ExitCode != 0)
        {
            throw new InvalidOperationException($"Cannot read the compiler's command line of {project}:{Environment.NewLine}{read.Output}");
        }

        using var stated = JsonDocument.Parse(read.Output);
        string roslyn = stated.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!;
        string[] arguments = [.. stated.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(static item => item.GetProperty("Identity").GetString()!)];
        string assembly = arguments.FirstOrDefault(static argument => argument.StartsWith(Out, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The compiler's command line of {project} names no assembly.");
        string response = assembly[Out.Length..] + ".rsp";
        await File.WriteAllLinesAsync(response, arguments.Where(static argument => argument != NoConfig).Select(Quoted), cancellationToken).ConfigureAwait(false);
        return new CompilerCommand(directory, Path.Combine(roslyn, "bincore", "csc.dll"), response, assembly[Out.Length..]);
    }

    /// <summary>Compiles in the compiler's server; the assembly's bytes, or null if the source does not compile.</summary>
    public async Task<byte[]?> RunAsync(CancellationToken cancellationToken)
    {
        var compiled = await Tool.RunAsync(Directory, Limit, "dotnet", [Compiler, NoConfig, "/shared", "@" + Arguments], cancellationToken).ConfigureAwait(false);
        return compiled.ExitCode == 0 ? await File.ReadAllBytesAsync(Assembly, cancellationToken).ConfigureAwait(false) : null;
    }

    private static string Quoted(string argument) => argument.Contains(' ') && !argument.Contains('"') ? $"\"{argument}\"" : argument;
}
