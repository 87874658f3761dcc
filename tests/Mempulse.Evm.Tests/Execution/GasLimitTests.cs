using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Tests.Eips;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>Gas limits at the end of 63 bits, in a block environment that allows them: no header can (EIP-1985).</summary>
public sealed class GasLimitTests
{
    [Theory]
    [InlineData(1UL << 62, TxRejection.None)]
    [InlineData((1UL << 63) - 1, TxRejection.None)]
    [InlineData(1UL << 63, TxRejection.GasAboveBlock)]
    [InlineData(ulong.MaxValue, TxRejection.GasAboveBlock)]
    public void A_gas_limit_above_63_bits_exceeds_every_block(ulong gas, TxRejection rejection)
    {
        var run = new Trial(Fork.Prague)
            .In(block => block with { GasLimit = ulong.MaxValue })
            .With(transaction => transaction with { GasLimit = gas })
            .Run();

        Assert.Equal(rejection, run.Rejection);
        Assert.True(rejection != TxRejection.None || run.Status == Status.Stop);
    }
}
