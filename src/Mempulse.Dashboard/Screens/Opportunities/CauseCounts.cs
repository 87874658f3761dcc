namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Counts by cause. Causes are words of the program and names of strategies, so there are few; beyond the bound they are counted together.</summary>
internal sealed class CauseCounts
{
    private const int MaxCauses = 32;
    private const string Others = "others";

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The counts, the highest first.</summary>
    public IReadOnlyList<(string Cause, long Count)> Ordered =>
        [.. _counts.Where(static pair => pair.Value > 0).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => (pair.Key, pair.Value))];

    /// <summary>Counts one more, or one less.</summary>
    public void Add(string cause, int count = 1)
    {
        string key = _counts.ContainsKey(cause) || _counts.Count < MaxCauses ? cause : Others;
        _counts[key] = _counts.GetValueOrDefault(key) + count;
    }
}
