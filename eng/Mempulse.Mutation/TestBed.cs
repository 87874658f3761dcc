namespace Mempulse.Mutation;

/// <summary>A second copy of sources and built programs, by hard links, in which one worker runs tests with one mutant at a time.</summary>
internal sealed class TestBed
{
    private const int NoTestRan = 8;
    private static readonly TimeSpan LinkLimit = TimeSpan.FromMinutes(5);
    private readonly string pristine;
    private readonly string root;
    private readonly ILookup<string, string> assemblies;

    private TestBed(string pristine, string root)
    {
        this.pristine = pristine;
        this.root = root;
        assemblies = Directory.EnumerateFiles(Path.Combine(root, "artifacts", "bin"), "*.dll", SearchOption.AllDirectories).ToLookup(path => Path.GetFileName(path));
    }

    /// <summary>Makes the test bed of one worker anew.</summary>
    /// <exception cref="IOException">The tree cannot be linked.</exception>
    public static async Task<TestBed> OfAsync(TreeCopy copy, string root, CancellationToken cancellationToken)
    {
        var made = await Tool.RunAsync(
            copy.Root,
            LinkLimit,
            "sh",
            ["-c", "rm -rf \"$1\" && mkdir -p \"$1/artifacts\" && find . -mindepth 1 -maxdepth 1 ! -name artifacts -exec cp -al {} \"$1/\" \\; && cp -al artifacts/bin \"$1/artifacts/bin\"", "sh", root],
            cancellationToken).ConfigureAwait(false);
        return made.ExitCode == 0 ? new TestBed(copy.Root, root) : throw new IOException($"Cannot link the tree into '{root}': {made.Output}");
    }

    /// <summary>Runs the test that must notice a mutant, with the mutant in place.</summary>
    public async Task<Outcome> RunAsync(PromiseMutant mutant, BuiltMutant built, TimeSpan limit, CancellationToken cancellationToken)
    {
        string[] changed = [Path.Combine(root, mutant.File), .. built.AssemblyName is { } name ? assemblies[name] : []];
        try
        {
            foreach (string path in changed)
            {
                File.Delete(path); // The links share their contents with the pristine tree.
            }

            await File.WriteAllTextAsync(changed[0], built.Source, cancellationToken).ConfigureAwait(false);
            foreach (string path in changed.Skip(1))
            {
                await File.WriteAllBytesAsync(path, built.Assembly, cancellationToken).ConfigureAwait(false);
            }

            return await RunAsync(mutant, limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (string path in changed)
            {
                File.Copy(Path.Combine(pristine, Path.GetRelativePath(root, path)), path, overwrite: true);
            }
        }
    }

    /// <summary>Runs the mutant's test on the code as it is in the bed.</summary>
    /// <param name="mutant">Names the test.</param>
    /// <param name="limit">A test that takes longer has failed.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    public async Task<Outcome> RunAsync(PromiseMutant mutant, TimeSpan limit, CancellationToken cancellationToken)
    {
        string program = Path.Combine(root, "artifacts", "bin", mutant.TestProject, "release", mutant.TestProject + ".dll");
        if (!File.Exists(program))
        {
            return new Outcome(Verdict.NoSuchTest, TimeSpan.Zero);
        }

        long start = TimeProvider.System.GetTimestamp();
        var run = await Tool.RunAsync(root, limit, "dotnet", [program, "--progress", "off", "--no-ansi", "--stop-on-fail", "on", .. mutant.Filter], cancellationToken)
            .ConfigureAwait(false);
        var verdict = run.ExitCode switch
        {
            0 => Verdict.Survived,
            NoTestRan => Verdict.NoSuchTest,
            _ => Verdict.Killed,
        };
        return new Outcome(verdict, TimeProvider.System.GetElapsedTime(start));
    }
}
