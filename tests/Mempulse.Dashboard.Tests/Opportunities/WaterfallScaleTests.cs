using Mempulse.Dashboard.Screens.Opportunities;

namespace Mempulse.Dashboard.Tests.Opportunities;

/// <summary>The three pieces of the time axis.</summary>
public sealed class WaterfallScaleTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(0, "0")]
    [InlineData(4, "16.66")]
    [InlineData(8, "33.33")]
    [InlineData(404, "49.99")]
    [InlineData(800, "66.66")]
    [InlineData(6_400, "83.32")]
    [InlineData(12_000, "99.99")]
    [InlineData(999_000, "99.99")]
    [InlineData(-5, "0")]
    public void A_time_has_its_place(long milliseconds, string percent) => Assert.Equal(percent, WaterfallScale.Percent(milliseconds * Millisecond));

    [Fact]
    public void A_span_is_as_wide_as_from_its_start_to_its_end()
    {
        Assert.Equal("33.33", WaterfallScale.Width(8 * Millisecond, 800 * Millisecond));
        Assert.Equal("0", WaterfallScale.Width(800 * Millisecond, 8 * Millisecond));
    }
}
