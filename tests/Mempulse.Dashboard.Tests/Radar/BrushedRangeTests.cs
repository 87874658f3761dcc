using Mempulse.Dashboard.Screens.Radar;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Radar;

/// <summary>Ranges of a brush in the address.</summary>
public sealed class BrushedRangeTests
{
    [Fact]
    public void A_range_of_fees_reads_back_as_it_was_written()
    {
        string text = BrushedRange.OfGwei(0.1004, 12.5);

        Assert.Equal("0.1-12.5", text);
        Assert.Equal((new Wei(100_000_000), new Wei(12_500_000_000)), BrushedRange.Fees(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5-2")]
    [InlineData("-1-2")]
    [InlineData("1e3-2e3")]
    [InlineData("1-2000000000")]
    [InlineData("a-b")]
    public void What_is_no_range_filters_nothing(string? text)
    {
        Assert.Null(BrushedRange.Fees(text));
    }

    [Theory]
    [InlineData("7-5")]
    [InlineData("5-99999999999999999999")]
    [InlineData("5.5-6")]
    public void What_is_no_range_of_time_filters_nothing(string text) => Assert.Null(BrushedRange.Seconds(text));

    [Fact]
    public void A_range_of_time_is_in_seconds() =>
        Assert.Equal((new UnixNanoseconds(5_000_000_000), new UnixNanoseconds(7_000_000_000)), BrushedRange.Seconds(BrushedRange.OfSeconds(5, 7)));

    [Fact]
    public void The_range_of_the_address_is_part_of_the_query()
    {
        var query = new PoolFilter { Tip = "1-2", Max = "3-4", Seen = "5-6" }.ToQuery();

        Assert.Equal((new Wei(1_000_000_000), new Wei(2_000_000_000)), (query.MinTipCap, query.MaxTipCap));
        Assert.Equal((new Wei(3_000_000_000), new Wei(4_000_000_000)), (query.MinFee, query.MaxFee));
        Assert.Equal((new UnixNanoseconds(5_000_000_000), new UnixNanoseconds(6_000_000_000)), (query.FirstFrom, query.FirstTo));
    }
}
