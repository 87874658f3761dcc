using System.Collections.Concurrent;
using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Runs a packed suite whole, file by file on all cores, and counts.</summary>
internal static class StateTestSuite
{
    private const int ReportedFailures = 20;

    /// <summary>Fails unless exactly these numbers of files and entries were run, and every entry passed.</summary>
    public static void RunAll(string archive, int expectedFiles, int expectedEntries)
    {
        var passed = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var failures = new ConcurrentBag<string>();
        var files = VectorArchive.Read(archive).Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal));
        int read = 0;

        // One file at a time is handed out, so that only as many are unpacked as there are cores.
        Parallel.ForEach(Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering), Cores, () => new StateTestRunner(), (file, _, runner) =>
        {
            Interlocked.Increment(ref read);
            runner.Run(file.Value, outcome =>
            {
                passed.AddOrUpdate(outcome.Fork, outcome.Failure is null ? 1 : 0, (_, count) => outcome.Failure is null ? count + 1 : count);
                if (outcome.Failure is not null)
                {
                    failures.Add($"{file.Key}: {outcome.Test} {outcome.Fork} {outcome.Indexes}: {outcome.Failure}");
                }
            });
            return runner;
        }, _ => { });

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{archive}: {read} files, {passed.Values.Sum()} entries passed, {failures.Count} failed: {string.Join(", ", passed.OrderBy(fork => fork.Key, StringComparer.Ordinal).Select(fork => $"{fork.Key} {fork.Value}"))}");
        Assert.Empty(failures.Order(StringComparer.Ordinal).Take(ReportedFailures));
        Assert.Equal(expectedFiles, read);
        Assert.Equal(expectedEntries, passed.Values.Sum());
    }

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
