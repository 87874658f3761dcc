using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>London: the fee market (EIP-1559), BASEFEE (EIP-3198), reduced refunds (EIP-3529), no new code starting with 0xef (EIP-3541).</summary>
public sealed class LondonTests
{
    [Theory]
    [InlineData(Fork.Berlin, TxRejection.TypeNotSupported)]
    [InlineData(Fork.London, TxRejection.None)]
    public void Dynamic_fee_transactions_exist_since_London(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithFees(transaction, 10, 3)).Run().Rejection);

    /// <summary>Fee cap 10, tip 3, base fee 5: the sender pays 8 per gas, of which 3 go to the coinbase and 5 are burnt.</summary>
    [Fact]
    public void The_base_fee_is_burnt_and_the_tip_goes_to_the_coinbase()
    {
        var result = new Trial(Fork.London).In(block => block with { BaseFee = 5UL }).With(transaction => WithFees(transaction, 10, 3)).Run();

        Assert.Equal((UInt256)(3UL * 21_000), result.State.BalanceOf(Trial.Coinbase));
        Assert.Equal((UInt256)(1_000_000_000_000_000_000UL - (8 * 21_000)), result.State.BalanceOf(Trial.Sender));
    }

    [Fact]
    public void Before_London_the_whole_price_goes_to_the_coinbase() => Assert.Equal(
        (UInt256)(10UL * 21_000),
        new Trial(Fork.Berlin).With(transaction => transaction with { MaxFeePerGas = 10UL, MaxPriorityFeePerGas = 10UL }).Run().State.BalanceOf(Trial.Coinbase));

    [Theory]
    [InlineData(4, 1, TxRejection.FeeCapBelowBaseFee)]
    [InlineData(6, 7, TxRejection.TipAboveFeeCap)]
    public void A_fee_cap_below_the_base_fee_or_the_tip_is_rejected(int cap, int tip, TxRejection rejection) => Assert.Equal(
        rejection,
        new Trial(Fork.London).In(block => block with { BaseFee = 5UL }).With(transaction => WithFees(transaction, (ulong)cap, (ulong)tip)).Run().Rejection);

    [Fact]
    public void BASEFEE_exists_since_London() => EipCase.AssertAppears(Fork.Berlin, Fork.London, "48", 2);

    /// <summary>SELFDESTRUCT has no refund since London, and refunds are capped at 1/5 instead of 1/2 of the gas used.</summary>
    [Theory]
    [InlineData(Fork.Berlin, "30ff", 13_001)]
    [InlineData(Fork.London, "30ff", 0)]
    [InlineData(Fork.Berlin, "6000600055", 13_003)]
    [InlineData(Fork.London, "6000600055", 4_800)]
    public void Refunds_are_reduced(Fork fork, string code, long refund) =>
        Assert.Equal(refund, new Trial(fork, code).With(Trial.Contract, slot: default, 1UL).Run().Refund);

    [Theory]
    [InlineData(Fork.Berlin, Status.Return)]
    [InlineData(Fork.London, Status.CodePrefixRejected)]
    public void Code_that_starts_with_0xef_is_rejected(Fork fork, Status status) =>
        Assert.Equal(status, new Trial(fork).Creating("60ef60005360016000f3").Run().Status);

    private static EvmTransaction WithFees(EvmTransaction transaction, ulong cap, ulong tip) =>
        transaction with { Type = TxType.DynamicFee, ChainId = 1, MaxFeePerGas = cap, MaxPriorityFeePerGas = tip };
}
