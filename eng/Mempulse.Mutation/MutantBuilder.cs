using System.IO.Enumeration;
using System.Xml.Linq;

namespace Mempulse.Mutation;

/// <summary>Compiles mutants in the copy, one after the other.</summary>
/// <remarks>Only the changed project is compiled, or the test's project if it compiles the changed file itself. A constant that another project uses is inlined there: mutate its use.</remarks>
internal sealed class MutantBuilder(TreeCopy copy) : IDisposable
{
    private readonly Dictionary<string, CompilerCommand> commands = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The mutant's assembly, no assembly for a file that is not compiled, or null when it does not compile.</summary>
    public async Task<BuiltMutant?> BuildAsync(PromiseMutant mutant, CancellationToken cancellationToken)
    {
        string path = Path.Combine(copy.Root, mutant.File);
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string original = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            string mutated = mutant.Apply(original);
            string? project = mutant.File.EndsWith(".cs", StringComparison.Ordinal) ? LinkingProject(mutant) ?? ProjectOf(path) : EmbeddingProject(path);
            if (project is null)
            {
                return new BuiltMutant(mutated, null, default);
            }

            await File.WriteAllTextAsync(copy.MarkPath, path, cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(path, mutated, cancellationToken).ConfigureAwait(false);
            try
            {
                var built = await CompileAsync(mutated, project, cancellationToken).ConfigureAwait(false);
                File.Delete(copy.MarkPath);
                return built;
            }
            finally
            {
                await File.WriteAllTextAsync(path, original, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<BuiltMutant?> CompileAsync(string mutated, string project, CancellationToken cancellationToken)
    {
        if (!commands.TryGetValue(project, out var command))
        {
            commands[project] = command = await CompilerCommand.OfAsync(project, cancellationToken).ConfigureAwait(false);
        }

        return await command.RunAsync(cancellationToken).ConfigureAwait(false) is { } assembly ? new BuiltMutant(mutated, Path.GetFileName(command.Assembly), assembly) : null;
    }

    /// <summary>The test's project, if it compiles the sources of the changed file's project instead of referring to it.</summary>
    private string? LinkingProject(PromiseMutant mutant)
    {
        string project = Path.Combine(copy.Root, "tests", mutant.TestProject, mutant.TestProject + ".csproj");
        string sources = string.Join('/', mutant.File.Split('/')[..2]);
        return File.Exists(project) && File.ReadAllText(project).Contains($"<Compile Include=\"../../{sources}/", StringComparison.Ordinal) ? project : null;
    }

    /// <summary>The project that has the file in its assembly; null if none names its folder.</summary>
    private string? EmbeddingProject(string path) => Directory.EnumerateFiles(Path.Combine(copy.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault(project => XElement.Load(project).Descendants("EmbeddedResource")
            .Select(item => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, item.Attribute("Include")?.Value ?? string.Empty)))
            .Any(include => Path.GetDirectoryName(include) == Path.GetDirectoryName(path) && FileSystemName.MatchesSimpleExpression(Path.GetFileName(include), Path.GetFileName(path))));

    private static string ProjectOf(string path)
    {
        string directory = Path.GetDirectoryName(path) ?? throw new FileNotFoundException($"No project above {path}.");
        return Directory.EnumerateFiles(directory, "*.csproj").FirstOrDefault() ?? ProjectOf(directory);
    }
}
