using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Runs the state tests of an archive on all cores and counts the results.</summary>
internal static class StateTestSuite
{
    private const int ReportedFailures = 20;

    /// <summary>Cases that take longer are reported.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>Runs all files; fails unless every entry passes and the numbers of files and entries match.</summary>
    public static void RunAll(string archive, int expectedFiles, int expectedEntries) => RunAll(archive, _ => true, expectedFiles, expectedEntries);

    /// <summary>Runs the files that <paramref name="isWanted"/> selects; fails unless every entry passes and the numbers of files and entries match.</summary>
    public static void RunAll(string archive, Func<string, bool> isWanted, int expectedFiles, int expectedEntries)
    {
        int files = 0;
        var counts = Run(VectorArchive.Read(archive).Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal) && isWanted(file.Key)).Select(file =>
        {
            files++;
            return file;
        }));

        TestContext.Current.TestOutputHelper?.WriteLine($"{archive}: {files} files, {counts}");
        Assert.Empty(counts.Failures.Order(StringComparer.Ordinal).Take(ReportedFailures));
        Assert.Equal(expectedFiles, files);
        Assert.Equal(expectedEntries, counts.Passed.Values.Sum());
    }

    /// <summary>Runs every entry of every test in these files.</summary>
    public static Counts Run(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var counts = new Counts();
        var cases = files.SelectMany(file => StateTestCase.Read(file.Value).Select(test => (File: file.Key, Test: test)));

        // Without buffering, a worker takes one case at a time: at most one file per core is unpacked, and slow cases do not queue behind each other.
        Parallel.ForEach(Partitioner.Create(cases, EnumerablePartitionerOptions.NoBuffering), Cores, () => new StateTestRunner(), (item, _, runner) =>
        {
            long begun = Stopwatch.GetTimestamp();
            runner.Run(item.Test, outcome => counts.Add(item.File, outcome));
            counts.AddTime($"{item.Test.Test} {item.Test.Fork}", Stopwatch.GetElapsedTime(begun));
            return runner;
        }, _ => { });
        return counts;
    }

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Results of entries. Thread-safe.</summary>
    internal sealed class Counts
    {
        private readonly ConcurrentBag<(TimeSpan Time, string Case)> _slow = [];

        /// <summary>Number of passed entries by fork.</summary>
        public ConcurrentDictionary<string, int> Passed { get; } = new(StringComparer.Ordinal);

        /// <summary>Failed entries with their mismatches.</summary>
        public ConcurrentBag<string> Failures { get; } = [];

        public void Add(string file, StateTestOutcome outcome)
        {
            if (outcome.Failure is null)
            {
                Passed.AddOrUpdate(outcome.Fork, 1, (_, count) => count + 1);
            }
            else
            {
                Failures.Add($"{file}: {outcome.Test} {outcome.Fork} {outcome.Indexes}: {outcome.Failure}");
            }
        }

        public void AddTime(string test, TimeSpan time)
        {
            if (time > Slow)
            {
                _slow.Add((time, test));
            }
        }

        public override string ToString()
        {
            var forks = Passed.OrderBy(fork => fork.Key, StringComparer.Ordinal).Select(fork => $"{fork.Key} {fork.Value}");
            var slow = _slow.OrderByDescending(item => item.Time)
                .Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Case} {item.Time.TotalSeconds:F0} s"));
            return $"{Passed.Values.Sum()} entries passed, {Failures.Count} failed: {string.Join(", ", forks)}; slowest: {string.Join(", ", slow)}";
        }
    }
}
