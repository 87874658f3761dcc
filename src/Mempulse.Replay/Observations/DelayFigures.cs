namespace Mempulse.Replay.Observations;

/// <summary>A distribution: counts in buckets a quarter of a doubling wide, and the percentiles computed from them.</summary>
/// <param name="Count">Number of values.</param>
/// <param name="P50">The median, as the bound of its bucket; 0 when there are no values.</param>
/// <param name="P90">The 90th percentile, as the bound of its bucket.</param>
/// <param name="P99">The 99th percentile, as the bound of its bucket.</param>
/// <param name="Buckets">The buckets that are not empty, in ascending order.</param>
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
