using Mempulse.Dashboard.Format;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Format;

/// <summary>Numbers as the design writes them.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(2_041, "2,041")]
    [InlineData(-1_234, "−1,234")]
    public void Counts_have_a_comma_in_thousands(long value, string text) => Assert.Equal(text, Figures.Count(value));

    [Theory]
    [InlineData("2222000000", "2.222")]
    [InlineData("99999999", "0.099999")]
    [InlineData("100000000", "0.100")]
    [InlineData("0", "0.000")]
    [InlineData("1234567000000000", "1,234,567.000")]
    public void Prices_of_gas_have_three_decimals_and_six_below_a_tenth(string wei, string text) => Assert.Equal(text, Figures.Gwei(Of(wei)));

    [Theory]
    [InlineData("412", "412 wei")]
    [InlineData("164032666603682052", "0.164032 ETH")]
    [InlineData("12450000000000000000", "12.4500 ETH")]
    [InlineData("0", "0 ETH")]
    public void Ether_has_six_decimals_below_one_and_four_above_and_dust_is_wei(string wei, string text) => Assert.Equal(text, Figures.Ether(Of(wei)));

    [Fact]
    public void Exact_ether_has_every_digit_in_groups_of_three() =>
        Assert.Equal("0.164\u2009032\u2009666\u2009603\u2009682\u2009052 ETH", Figures.ExactEther(Of("164032666603682052")));

    [Theory]
    [InlineData(9_870, "98.7 %")]
    [InlineData(10_000, "100 %")]
    [InlineData(-1_250, "−12.5 %")]
    public void Shares_have_one_decimal(long basisPoints, string text) => Assert.Equal(text, Figures.Share(basisPoints));

    [Fact]
    public void A_share_of_nothing_is_not_zero() => Assert.Equal("–", Figures.Share(0, 0));

    [Theory]
    [InlineData(198_532, "198,532")]
    [InlineData(35_990_000, "35.99 M")]
    public void Gas_is_whole_below_ten_million(ulong gas, string text) => Assert.Equal(text, Figures.Gas(gas));

    private static UInt256 Of(string digits) => UInt256.TryParse(digits, out var value) ? value : throw new FormatException(digits);
}
