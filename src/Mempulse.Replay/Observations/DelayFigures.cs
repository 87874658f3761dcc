namespace Mempulse.Replay.Observations;

/// <summary>A distribution: counts in buckets that are a quarter of a doubling wide, and what follows from them.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The least bound below which half of them are; 0 for none.</param>
/// <param name="P90">The same for nine of ten.</param>
/// <param name="P99">The same for 99 of 100.</param>
/// <param name="Buckets">The buckets that are not empty, rising.</param>
public sealed record DelayFigures(ulong Count, ulong P50, ulong P90, ulong P99, IReadOnlyList<DelayBucket> Buckets)
{
    internal static DelayFigures Of(ulong[] sums)
    {
        List<DelayBucket> buckets = [];
        ulong count = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            count += sums[i];
            if (sums[i] > 0)
            {
                buckets.Add(new DelayBucket(DelayCounts.EndOf(i), sums[i]));
            }
        }

        return new DelayFigures(count, Quantile(buckets, count, 50), Quantile(buckets, count, 90), Quantile(buckets, count, 99), buckets);
    }

    private static ulong Quantile(List<DelayBucket> buckets, ulong count, ulong percent)
    {
        ulong passed = 0;
        foreach (var bucket in buckets)
        {
            passed += bucket.Count;
            if (passed * 100 >= count * percent)
            {
                return bucket.Below;
            }
        }

        return 0;
    }
}
