using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Osaka: CLZ (EIP-7939), the transaction gas limit cap (EIP-7825), P-256 (EIP-7951).</summary>
public sealed class OsakaTests
{
    [Theory]
    [InlineData("60001e", 256UL)]
    [InlineData("60011e", 255UL)]
    [InlineData("60ff1e", 248UL)]
    public void CLZ_exists_since_Osaka(string code, ulong zeros)
    {
        EipCase.AssertAppears(Fork.Prague, Fork.Osaka, code, 3 + 5);
        Assert.Equal((UInt256)zeros, new Trial(Fork.Osaka, code + Trial.ReturnTop).Run().Word);
    }

    [Theory]
    [InlineData(Fork.Prague, 16_777_217, TxRejection.None)]
    [InlineData(Fork.Osaka, 16_777_216, TxRejection.None)]
    [InlineData(Fork.Osaka, 16_777_217, TxRejection.GasAboveCap)]
    public void The_gas_limit_of_a_transaction_is_capped_at_2_to_the_24(Fork fork, int gas, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => transaction with { GasLimit = (ulong)gas }).Run().Rejection);

    [Fact]
    public void P256VERIFY_exists_since_Osaka() => EipCase.AssertPrecompileAppears(Fork.Prague, Fork.Osaka, 0x100, 160, 6_900);
}
