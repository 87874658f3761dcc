using System.Globalization;
using System.Net.Http.Headers;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Tests;

/// <summary>How nodes and gateways state how long to wait.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("rate limited, try again in 10s", 10_000)]
    [InlineData("Too many requests. Retry after 500ms", 500)]
    [InlineData("Please retry in 2 seconds", 2_000)]
    [InlineData("limit reached: wait 1.5 sec", 1_500)]
    [InlineData("retry_after: 3", 3_000)]
    [InlineData("""{"rate":{"allowed_rps":1,"backoff_seconds":30,"current_rps":1.4}}""", 30_000)]
    [InlineData("""{"try_again_in":"13.9ms"}""", 14)]
    [InlineData("""{"retry_after_ms":250}""", 250)]
    [InlineData("quota resets in 2 minutes", 120_000)]
    [InlineData("retry after 99999999 hours", 86_400_000)]
    public void A_time_is_found_in_the_text(string text, int milliseconds) =>
        Assert.Equal(milliseconds, Math.Ceiling(RetryAfter.InText(text)!.Value.TotalMilliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("Rate limit exceeded")]
    [InlineData("exceeded 100 requests per second. Try again later.")]
    [InlineData("Too many requests, retry later (limit 100/s)")]
    public void Other_numbers_are_not_times(string text) => Assert.Null(RetryAfter.InText(text));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Sat, 28 Nov 2026 20:00:10 GMT", 10)]
    [InlineData("Sat, 28 Nov 2026 19:00:00 GMT", 0)]
    public void The_header_is_seconds_or_a_date(string header, int seconds)
    {
        var now = DateTimeOffset.Parse("2026-11-28T20:00:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.InHeader(RetryConditionHeaderValue.Parse(header), now));
    }
}
