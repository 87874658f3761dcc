namespace Mempulse.Mutation;

/// <summary>Runs the generic mutants of a project with Stryker.NET, which compiles them all into one assembly and runs only the tests that reach each.</summary>
internal static class GenericRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>The counts of a project, read again when an earlier run over the same sources has finished it.</summary>
    /// <exception cref="InvalidOperationException">Stryker failed.</exception>
    public static async Task<GenericResult> RunAsync(TreeCopy copy, GenericProject project, MutationRequest request, CancellationToken cancellationToken)
    {
        string output = Path.Combine(Path.GetDirectoryName(copy.Root)!, "generic", $"{project.Name}-{copy.Digests.Of(project.TestProject)}{(request.Sample > 1 ? $"-{request.Sample}" : string.Empty)}");
        string tests = Path.Combine(copy.Root, "tests", project.TestProject);
        string report = Path.Combine(output, "reports", "mutation-report.json");
        var patterns = request.Sample > 1 ? MemberSample.Of(Path.Combine(copy.Root, "src", $"Mempulse.{project.Name}"), request.Sample) : request.Files;
        if (request.Fresh || request.Files.Count > 0 || !File.Exists(report))
        {
            RequireTests(tests, project);
            var run = await Tool.RunAsync(
                tests,
                Limit,
                "dotnet",
                [
                    "stryker", "--project", $"Mempulse.{project.Name}.csproj", "--config-file", Path.Combine(copy.Root, "eng", "stryker-config.json"),
                    "--concurrency", $"{Environment.ProcessorCount}", "--output", output,
                    .. patterns.SelectMany(pattern => new[] { "--mutate", pattern }), .. project.Filter is { } filter ? new[] { "--test-case-filter", filter } : [],
                ],
                cancellationToken).ConfigureAwait(false);
            if (run.ExitCode != 0 || !File.Exists(report))
            {
                throw new InvalidOperationException($"Stryker failed on {project.Name}:{Environment.NewLine}{run.Output}");
            }
        }

        var result = GenericResult.Parse(project.Name, await File.ReadAllTextAsync(report, cancellationToken).ConfigureAwait(false));
        if (request.Files.Count > 0)
        {
            File.Delete(report); // A part of the project is no result for all of it.
        }

        return result;
    }

    // A test that was renamed would run again, unnoticed.
    private static void RequireTests(string tests, GenericProject project)
    {
        if (project.LeftOut.FirstOrDefault(name => !Exists(tests, name.Split('.'))) is { } unknown)
        {
            throw new InvalidOperationException($"Cannot leave out '{unknown}': {project.TestProject} has no such test. Correct {nameof(GenericProject)}.");
        }
    }

    private static bool Exists(string tests, string[] name) =>
        Directory.EnumerateFiles(tests, $"{name[0]}.cs", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains($" {name[^1]}(", StringComparison.Ordinal) || name.Length == 1);
}
