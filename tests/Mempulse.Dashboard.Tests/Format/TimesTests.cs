using Mempulse.Dashboard.Format;

namespace Mempulse.Dashboard.Tests.Format;

/// <summary>Durations and ages as the design writes them.</summary>
public sealed class TimesTests
{
    [Theory]
    [InlineData(38_000, "38 µs")]
    [InlineData(600_000, "600 µs")]
    [InlineData(9_900_000_000, "9.9 s")]
    [InlineData(12_280_000_000, "12.2 s")]
    [InlineData(1_500_000_000_000, "25 min")]
    [InlineData(1_785_000_000_000, "29 min 45 s")]
    [InlineData(-11_000_000, "−11 ms")]
    public void Durations_have_three_digits_and_two_units_from_a_minute(long nanoseconds, string text) => Assert.Equal(text, Times.Duration(nanoseconds));

    [Theory]
    [InlineData(400_000_000, "0.4 s")]
    [InlineData(12_900_000_000, "12 s")]
    [InlineData(260_000_000_000, "4 min")]
    [InlineData(10_800_000_000_000, "3 h")]
    [InlineData(172_800_000_000_000, "2 d")]
    [InlineData(-5, "0.0 s")]
    public void Ages_have_one_unit(long nanoseconds, string text) => Assert.Equal(text, Times.Age(nanoseconds));
}
