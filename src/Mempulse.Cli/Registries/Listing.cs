namespace Mempulse.Cli.Registries;

/// <summary>The first of many results, and how many there are.</summary>
/// <param name="First">The first results.</param>
/// <param name="Count">The number of all results.</param>
internal sealed record Listing<T>(IReadOnlyList<T> First, int Count)
{
    /// <summary>The number of results that are not among the first.</summary>
    public int Left => Count - First.Count;

    /// <summary>Counts all results and keeps the first ones.</summary>
    public static Listing<T> Of(IEnumerable<T> all, int most)
    {
        var first = new List<T>();
        int count = 0;
        foreach (var one in all)
        {
            count++;
            if (first.Count < most)
            {
                first.Add(one);
            }
        }

        return new Listing<T>(first, count);
    }
}
