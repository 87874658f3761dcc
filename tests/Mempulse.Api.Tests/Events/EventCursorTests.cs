using System.Globalization;

namespace Mempulse.Api.Tests.Events;

/// <summary>The cursor of GET /events at its exact boundaries: before the first event, at the last one, one past it, and limits of one, of all that is left and of one more.</summary>
[Collection(nameof(RunningNode))]
public sealed class EventCursorTests(RunningNode node)
{
    [Theory]
    [InlineData("0", 1, 1, 1, false)]
    [InlineData("1", 1, 1, 2, false)]
    [InlineData("last-1", 1, 1, 0, true)]
    [InlineData("last-1", 2, 1, 0, true)]
    [InlineData("last-3", 3, 3, 0, true)]
    [InlineData("last-3", 2, 2, -1, false)]
    [InlineData("last-3", 4, 3, 0, true)]
    [InlineData("last", 1, 0, 0, true)]
    [InlineData("last", 1000, 0, 0, true)]
    public async Task A_page_has_what_is_left_and_its_next_is_its_last_event(string after, int limit, int count, int next, bool isAtEnd)
    {
        ulong last = (await node.GetAsync("/events?after=0&limit=1")).GetProperty("watermark").GetUInt64();
        ulong from = after.StartsWith("last", StringComparison.Ordinal) ? last - (after.Length > 4 ? ulong.Parse(after[5..], CultureInfo.InvariantCulture) : 0) : ulong.Parse(after, CultureInfo.InvariantCulture);

        var page = await node.GetAsync($"/events?after={from}&limit={limit}");

        Assert.Equal(Enumerable.Range(1, count).Select(step => from + (ulong)step), page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("seq").GetUInt64()));
        Assert.Equal((next > 0 ? (ulong)next : last - (ulong)-next, isAtEnd), (page.GetProperty("next").GetUInt64(), page.GetProperty("atEnd").GetBoolean()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("18446744073709551613")]
    public async Task Past_the_end_nothing_is_skipped_when_the_log_grows(string beyond)
    {
        ulong last = (await node.GetAsync("/events?limit=1")).GetProperty("watermark").GetUInt64();

        var page = await node.GetAsync($"/events?after={(beyond == "1" ? last + 1 : ulong.Parse(beyond, CultureInfo.InvariantCulture))}");

        Assert.Empty(page.GetProperty("events").EnumerateArray());
        Assert.True(page.GetProperty("atEnd").GetBoolean());
    }
}
