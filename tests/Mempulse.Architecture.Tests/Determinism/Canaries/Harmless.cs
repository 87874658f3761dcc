using System.Globalization;
using System.IO.Hashing;

namespace Mempulse.Architecture.Tests.Determinism.Canaries;

/// <summary>Typical L0 code; the scan must accept all of it.</summary>
internal sealed record Harmless(int Number, string Name) : IComparable<Harmless>
{
    private static readonly int[] Primes = [2, 3, 5];

    private readonly SortedDictionary<int, string> _sorted = [];

    /// <inheritdoc/>
    public int CompareTo(Harmless? other) => other is null ? 1 : string.CompareOrdinal(Name, other.Name);

    internal string Text() => Number.ToString("x8", NumberFormatInfo.InvariantInfo);

    internal ulong Hash(ReadOnlySpan<byte> bytes) => XxHash64.HashToUInt64(bytes);

    internal IEnumerable<int> Countdown()
    {
        for (int i = Number; i > 0; i--)
        {
            yield return i;
        }
    }

    internal int Sum()
    {
        int sum = Primes.Select(prime => prime * 2).Sum();
        foreach (var (key, _) in _sorted)
        {
            sum += key;
        }

        return sum;
    }
}
