using System.Security.Cryptography;

namespace Mempulse.Mutation;

/// <summary>A copy of the checkout under artifacts/mutation, in which mutants are compiled: the checkout itself is never changed.</summary>
/// <param name="Root">The copy's root.</param>
/// <param name="Digests">What the results of each test project depend on.</param>
internal sealed record TreeCopy(string Root, ProjectDigests Digests)
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);

    /// <summary>Names the source that a mutant changes while it compiles.</summary>
    public string MarkPath => MarkOf(Root);

    /// <summary>Brings the copy up to date with the checkout, uncommitted changes included, and builds it.</summary>
    /// <exception cref="InvalidOperationException">The checkout cannot be listed, or does not build.</exception>
    public static async Task<TreeCopy> OfAsync(string checkout, string copy, CancellationToken cancellationToken)
    {
        var listed = await Tool.RunAsync(checkout, BuildLimit, "git", ["-c", "core.quotePath=off", "ls-files", "-co", "--exclude-standard"], cancellationToken).ConfigureAwait(false);
        if (listed.ExitCode != 0)
        {
            throw new InvalidOperationException($"Cannot list the checkout's files: {listed.Output}");
        }

        string[] files = [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)
            .Where(file => File.Exists(Path.Combine(checkout, file)))];
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            byte[] content = await File.ReadAllBytesAsync(Path.Combine(checkout, file), cancellationToken).ConfigureAwait(false);
            contents[file] = Convert.ToHexStringLower(SHA256.HashData(content));
            Put(Path.Combine(checkout, file), Path.Combine(copy, file), content);
        }

        CompileAgainWhatWasCutOff(copy);
        RemoveOthers(copy, files.Select(file => Path.Combine(copy, file)).ToHashSet(StringComparer.Ordinal));
        LinkTools(checkout, copy);
        var built = await Tool.RunAsync(
            copy, BuildLimit, "dotnet", ["build", "Mempulse.Orleans.sln", "-c", "Release", "-v", "quiet", "--nologo", "-clp:NoSummary", "-p:UseSharedCompilation=true"], cancellationToken)
            .ConfigureAwait(false);
        return built.ExitCode == 0
            ? new TreeCopy(copy, new ProjectDigests(copy, contents))
            : throw new InvalidOperationException($"The checkout does not build:{Environment.NewLine}{built.Output}");
    }

    private static void Put(string source, string target, byte[] content)
    {
        if (File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(content))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target, overwrite: true);
        File.SetLastWriteTimeUtc(target, TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    // The compiler can still write the mutant's assembly after a run that was killed has put the source back: the source must be the newer of the two.
    private static void CompileAgainWhatWasCutOff(string copy)
    {
        if (File.Exists(MarkOf(copy)))
        {
            string source = File.ReadAllText(MarkOf(copy));
            if (File.Exists(source))
            {
                File.SetLastWriteTimeUtc(source, TimeProvider.System.GetUtcNow().UtcDateTime);
            }

            File.Delete(MarkOf(copy));
        }
    }

    private static string MarkOf(string copy) => Path.Combine(copy, "artifacts", "mutant-in-work");

    // A source that was deleted would still be compiled.
    private static void RemoveOthers(string copy, HashSet<string> kept)
    {
        foreach (string directory in Directory.EnumerateDirectories(copy).Where(path => Path.GetFileName(path) is not ("artifacts" or ".tools")))
        {
            foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(path => !kept.Contains(path)))
            {
                File.Delete(file);
            }
        }
    }

    private static void LinkTools(string checkout, string copy)
    {
        string link = Path.Combine(copy, ".tools");
        if (!Directory.Exists(link))
        {
            Directory.CreateSymbolicLink(link, Path.Combine(checkout, ".tools"));
        }
    }
}
