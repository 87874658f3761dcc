using System.Collections.Concurrent;
using System.Globalization;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>What was run, by shape, and how it came out. May be written by several threads.</summary>
internal sealed class VectorReport
{
    private readonly ConcurrentDictionary<string, int> _passed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _notJudged = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _failures = [];

    /// <summary>Entries that came out as their file says, by what they are.</summary>
    public IReadOnlyDictionary<string, int> Passed => _passed;

    /// <summary>Entries that were not judged, by the reason.</summary>
    public IReadOnlyDictionary<string, int> NotJudged => _notJudged;

    /// <summary>What came out otherwise, in a sentence that begins with the file.</summary>
    public IReadOnlyList<string> Failures => [.. _failures.Order(StringComparer.Ordinal)];

    public void Pass(string what, int entries = 1) => _passed.AddOrUpdate(what, entries, (_, count) => count + entries);

    public void Leave(string reason) => _notJudged.AddOrUpdate(reason, 1, (_, count) => count + 1);

    public void Fail(string failure) => _failures.Add(failure);

    /// <summary>One line a count.</summary>
    public override string ToString() => string.Join('\n', Lines(_passed, "passed").Concat(Lines(_notJudged, "not judged")).Append(
        string.Create(CultureInfo.InvariantCulture, $"{_failures.Count} failed")));

    private static IEnumerable<string> Lines(ConcurrentDictionary<string, int> counts, string how) => counts
        .OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {how}: {count.Key}"));
}
