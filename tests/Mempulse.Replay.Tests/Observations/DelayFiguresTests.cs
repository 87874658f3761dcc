using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>The histogram of delays: where each value counts, what its quantiles are, and how it is saved.</summary>
public sealed class DelayFiguresTests
{
    /// <summary>Around each bound of the first buckets, and around each power of two.</summary>
    [Fact]
    public void A_value_counts_in_the_one_bucket_that_contains_it_and_no_bucket_is_wider_than_a_quarter_of_it()
    {
        var values = Enumerable.Range(0, 70).Select(static value => (uint)value)
            .Concat(Enumerable.Range(6, 26).SelectMany(static bit => new[] { (1u << bit) - 1, 1u << bit, (1u << bit) + (1u << (bit - 2)) - 1, (1u << bit) + (1u << (bit - 2)) }))
            .Append(uint.MaxValue);
        foreach (uint value in values)
        {
            int bucket = BucketOf(value);
            ulong begin = bucket == 0 ? 0 : DelayCounts.EndOf(bucket - 1);
            ulong end = DelayCounts.EndOf(bucket);
            Assert.True(begin <= value && value < end, $"{value} is not from {begin} to {end}.");
            Assert.True(end - begin == 1 || (end - begin) * 4 <= begin, $"The bucket from {begin} to {end} is too wide.");
        }
    }

    [Theory]
    [InlineData(50, 40, 9, 1, 1, 2, 3)]
    [InlineData(49, 41, 9, 1, 2, 2, 3)]
    [InlineData(50, 39, 10, 1, 1, 3, 3)]
    [InlineData(50, 40, 8, 2, 1, 2, 4)]
    [InlineData(0, 0, 0, 1, 4, 4, 4)]
    [InlineData(0, 0, 0, 0, 0, 0, 0)]
    public void A_quantile_is_the_end_of_the_bucket_that_reaches_it(ulong first, ulong second, ulong third, ulong fourth, ulong p50, ulong p90, ulong p99)
    {
        ulong[] counts = [first, second, third, fourth];

        var figures = DelayFigures.Of([.. counts, .. new ulong[DelayCounts.Count - counts.Length]]);

        Assert.Equal((first + second + third + fourth, p50, p90, p99), (figures.Count, figures.P50, figures.P90, figures.P99));
        Assert.Equal(counts.Select(static (count, i) => new DelayBucket((ulong)i + 1, count)).Where(static bucket => bucket.Count > 0), figures.Buckets);
    }

    [Fact]
    public void Counts_are_saved_and_restored()
    {
        var counts = new DelayCounts();
        foreach (uint value in new uint[] { 0, 3, 3, 1_000, uint.MaxValue })
        {
            counts.Add(value);
        }

        var restored = Decoded(Encoded(counts));

        Assert.Equal(SumsOf(counts), SumsOf(restored));
        Assert.Equal(5UL, SumsOf(restored).Aggregate(static (sum, count) => sum + count));
        Assert.Equal([0], Encoded(default));
        Assert.Equal(new ulong[DelayCounts.Count], SumsOf(Decoded([0])));
    }

    [Fact]
    public void Buckets_rise_and_the_last_one_is_the_bound()
    {
        Assert.Equal((1UL, 2UL), (SumsOf(Decoded([2, 0, 1, 0, 0, 0, 127, 2, 0, 0, 0]))[0], SumsOf(Decoded([1, 127, 2, 0, 0, 0]))[127]));
        AssertMalformed([1, 128, 1, 0, 0, 0]);
        AssertMalformed([2, 5, 1, 0, 0, 0, 5, 1, 0, 0, 0]);
        AssertMalformed([2, 5, 1, 0, 0, 0, 4, 1, 0, 0, 0]);

        static void AssertMalformed(byte[] bytes) => Assert.Contains("is not greater than", Assert.Throws<CheckpointException>(() => Decoded(bytes)).Message, StringComparison.Ordinal);
    }

    private static int BucketOf(uint value)
    {
        var counts = new DelayCounts();
        counts.Add(value);
        ulong[] sums = SumsOf(counts);
        Assert.Equal(1UL, sums.Aggregate(static (sum, count) => sum + count));
        return Array.IndexOf(sums, 1UL);
    }

    private static ulong[] SumsOf(DelayCounts counts)
    {
        ulong[] sums = new ulong[DelayCounts.Count];
        counts.AddTo(sums);
        return sums;
    }

    private static byte[] Encoded(DelayCounts counts)
    {
        var bytes = new ByteBuffer();
        counts.Encode(new EntryWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }

    private static DelayCounts Decoded(byte[] bytes)
    {
        var counts = new DelayCounts();
        var reader = new EntryReader(bytes);
        counts.Decode(ref reader);
        Assert.True(reader.AtEnd);
        return counts;
    }
}
