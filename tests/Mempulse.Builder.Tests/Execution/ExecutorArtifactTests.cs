using System.Diagnostics;

namespace Mempulse.Builder.Tests.Execution;

/// <summary>The committed bytecode is what the committed source compiles to.</summary>
public sealed class ExecutorArtifactTests
{
    [Fact]
    public async Task The_artifact_is_what_the_source_compiles_to()
    {
        var start = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true, ArgumentList = { Path.Combine(FindCheckout(), "contracts", "compile.mjs"), "--check" } };

        using var compiler = Process.Start(start)!;
        string errors = await compiler.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(compiler.ExitCode == 0, errors);
    }

    private static string FindCheckout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Mempulse.Orleans.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
