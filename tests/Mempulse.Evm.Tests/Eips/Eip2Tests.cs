using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Homestead: creating costs more, and code that cannot be paid for is a failure.</summary>
public sealed class Eip2Tests
{
    /// <summary>Returns 100 bytes of zeros as code: 18 gas, and 20,000 for the code.</summary>
    private const string HundredBytes = "60646000f3";

    [Theory]
    [InlineData(Fork.Frontier, 21_000)]
    [InlineData(Fork.Homestead, 53_000)]
    public void A_transaction_that_creates_pays_32000_more(Fork fork, long gas) =>
        Assert.Equal(gas, new Trial(fork).Creating(string.Empty).Run().GasUsed);

    [Theory]
    [InlineData(Fork.Frontier, Status.Return, 18L)]
    [InlineData(Fork.Homestead, Status.OutOfGas, 18L + 19_999)]
    public void Code_that_cannot_be_paid_for_is_left_out_before_and_fails_after(Fork fork, Status status, long gas)
    {
        long intrinsic = new Trial(fork).Creating(HundredBytes).Run().Intrinsic;

        var result = new Trial(fork).Creating(HundredBytes, (ulong)intrinsic + 18 + 19_999).Run();

        Assert.Equal((status, gas), (result.Status, result.Gas));
    }
}
