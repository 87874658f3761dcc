using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Homestead: creation costs more, and fails if the code deposit cannot be paid.</summary>
public sealed class Eip2Tests
{
    /// <summary>Returns 100 zero bytes as code: 18 gas, and 20,000 for the code deposit.</summary>
    private const string HundredBytes = "60646000f3";

    [Theory]
    [InlineData(Fork.Frontier, 21_000)]
    [InlineData(Fork.Homestead, 53_000)]
    public void A_creating_transaction_costs_32000_more(Fork fork, long gas) =>
        Assert.Equal(gas, new Trial(fork).Creating(string.Empty).Run().GasUsed);

    [Theory]
    [InlineData(Fork.Frontier, Status.Return, 18L)]
    [InlineData(Fork.Homestead, Status.OutOfGas, 18L + 19_999)]
    public void An_unaffordable_code_deposit_is_skipped_in_Frontier_and_fails_since_Homestead(Fork fork, Status status, long gas)
    {
        long intrinsic = new Trial(fork).Creating(HundredBytes).Run().Intrinsic;

        var result = new Trial(fork).Creating(HundredBytes, (ulong)intrinsic + 18 + 19_999).Run();

        Assert.Equal((status, gas), (result.Status, result.Gas));
    }
}
