using System.Globalization;
using CsCheck;

namespace Mempulse.Primitives.Tests;

public sealed class UnixNanosecondsTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    public void Text_is_RFC_3339_with_nanoseconds(long value, string expected) => Assert.Equal(expected, new UnixNanoseconds(value).ToRfc3339());

    [Fact]
    public void The_calendar_matches_the_platforms() => Gen.Long[long.MinValue + 1_000, long.MaxValue].Sample(value =>
    {
        string text = new UnixNanoseconds(value).ToRfc3339();

        long ticks = (value - (((value % 100) + 100) % 100)) / 100;
        Assert.StartsWith(DateTimeOffset.UnixEpoch.AddTicks(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
    });
}
