using Mempulse.Features.Reasons;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Reasons;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData(0ul, "0 wei")]
    [InlineData(999_999ul, "999999 wei")]
    [InlineData(1_000_000ul, "0.001 gwei")]
    [InlineData(1_000_001ul, "0.001000001 gwei")]
    [InlineData(1_000_000_000ul, "1 gwei")]
    [InlineData(31_250_000_000ul, "31.25 gwei")]
    [InlineData(ulong.MaxValue, "18446744073.709551615 gwei")]
    public void A_fee_is_exact(ulong wei, string text) => Assert.Equal(text, AmountText.Fee(wei));

    [Fact]
    public void The_largest_fee_has_its_decimals() => Assert.EndsWith(".129639935 gwei", AmountText.Fee(UInt256.MaxValue), StringComparison.Ordinal);

    [Theory]
    [InlineData(0L, "0.000 ms")]
    [InlineData(1_999L, "0.001 ms")]
    [InlineData(999_999_999L, "999.999 ms")]
    [InlineData(1_000_000_000L, "1.000 s")]
    [InlineData(62_345_999_999L, "62.345 s")]
    [InlineData(-1L, "0.000 ms")] // a clock that was set back
    public void A_duration_is_cut_to_its_decimals(long nanoseconds, string text) => Assert.Equal(text, AmountText.Duration(new UnixNanoseconds(1_000), new UnixNanoseconds(1_000 + nanoseconds)));
}
