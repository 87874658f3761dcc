using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Runs a packed suite whole and counts.</summary>
internal static class StateTestSuite
{
    private const int ReportedFailures = 20;

    /// <summary>Fails unless exactly these numbers of files and entries were run, and every entry passed.</summary>
    public static void RunAll(string archive, int expectedFiles, int expectedEntries)
    {
        var runner = new StateTestRunner();
        var passed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        int files = 0;
        foreach (var (name, content) in VectorArchive.Read(archive).Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            files++;
            runner.Run(content, outcome =>
            {
                if (outcome.Failure is null)
                {
                    passed[outcome.Fork] = passed.GetValueOrDefault(outcome.Fork) + 1;
                }
                else
                {
                    failures.Add($"{name}: {outcome.Test} {outcome.Fork} {outcome.Indexes}: {outcome.Failure}");
                }
            });
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{archive}: {files} files, {passed.Values.Sum()} entries passed: {string.Join(", ", passed.Select(fork => $"{fork.Key} {fork.Value}"))}");
        Assert.Empty(failures.Take(ReportedFailures));
        Assert.Equal(expectedFiles, files);
        Assert.Equal(expectedEntries, passed.Values.Sum());
    }
}
