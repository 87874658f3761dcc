using System.Collections.Concurrent;
using System.Globalization;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Counts of passed and skipped entries, and the failures. Thread-safe.</summary>
internal sealed class VectorReport
{
    private readonly ConcurrentDictionary<string, int> _passed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _failures = [];

    /// <summary>Entries that passed, by kind.</summary>
    public IReadOnlyDictionary<string, int> Passed => _passed;

    /// <summary>Entries that were skipped, by reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped => _skipped;

    /// <summary>One message per failure, prefixed with its file.</summary>
    public IReadOnlyList<string> Failures => [.. _failures.Order(StringComparer.Ordinal)];

    public void Pass(string what, int entries = 1) => _passed.AddOrUpdate(what, entries, (_, count) => count + entries);

    public void Skip(string reason) => _skipped.AddOrUpdate(reason, 1, (_, count) => count + 1);

    public void Fail(string failure) => _failures.Add(failure);

    /// <summary>Returns one line per count.</summary>
    public override string ToString() => string.Join('\n', Lines(_passed, "passed").Concat(Lines(_skipped, "skipped")).Append(
        string.Create(CultureInfo.InvariantCulture, $"{_failures.Count} failed")));

    private static IEnumerable<string> Lines(ConcurrentDictionary<string, int> counts, string how) => counts
        .OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {how}: {count.Key}"));
}
