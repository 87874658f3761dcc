using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Prague: BLS12-381 (EIP-2537), the calldata floor price (EIP-7623), delegations (EIP-7702).</summary>
public sealed class PragueTests
{
    private static readonly Address Signer = Address.Parse("0x0000000000000000000000000000000000051673");

    [Theory]
    [InlineData(11, 256, 375)]
    [InlineData(12, 160, 12_000)]
    [InlineData(13, 512, 600)]
    [InlineData(14, 288, 22_500)]
    [InlineData(15, 384, 37_700 + 32_600)]
    [InlineData(16, 64, 5_500)]
    [InlineData(17, 128, 23_800)]
    public void BLS12_381_exists_since_Prague(int number, int inputBytes, long gas) =>
        EipCase.AssertPrecompileAppears(Fork.Cancun, Fork.Prague, number, inputBytes, gas);

    /// <summary>100 nonzero bytes are 400 tokens: 1,600 gas at the standard price, 4,000 at the floor price.</summary>
    [Theory]
    [InlineData(Fork.Cancun, 21_000 + 1_600)]
    [InlineData(Fork.Prague, 21_000 + 4_000)]
    public void Calldata_costs_at_least_the_floor_price(Fork fork, long gas) =>
        Assert.Equal(gas, new Trial(fork).With(WithData).Run().GasUsed);

    [Theory]
    [InlineData(Fork.Cancun, TxRejection.None)]
    [InlineData(Fork.Prague, TxRejection.GasBelowFloor)]
    public void A_gas_limit_below_the_floor_is_rejected(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithData(transaction) with { GasLimit = 21_000 + 3_999 }).Run().Rejection);

    [Theory]
    [InlineData(Fork.Cancun, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Prague, TxRejection.None)]
    public void Set_code_transactions_exist_since_Prague(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithDelegation(transaction, 0)).Run().Rejection);

    /// <summary>A tuple costs 25,000 gas, of which 12,500 are refunded, up to 1/5 of the gas used, if the authority already exists.</summary>
    [Theory]
    [InlineData(false, 46_000)]
    [InlineData(true, 46_000 - (46_000 / 5))]
    public void A_delegation_is_set_and_charged(bool exists, long gas)
    {
        var trial = new Trial(Fork.Prague).With(transaction => WithDelegation(transaction, 0));
        var result = (exists ? trial.With(Signer, balance: 1UL) : trial).Run();

        Assert.Equal(gas, result.GasUsed);
        Assert.Equal("ef0100" + Convert.ToHexStringLower(Trial.Stranger.ToArray()), Convert.ToHexStringLower(result.State.CodeOf(Signer).Bytes));
        Assert.Equal(1UL, result.State.NonceOf(Signer));
    }

    [Fact]
    public void A_delegation_with_a_wrong_nonce_is_skipped_and_charged()
    {
        var result = new Trial(Fork.Prague).With(transaction => WithDelegation(transaction, 5)).Run();

        Assert.Equal((46_000, 0), (result.GasUsed, result.State.CodeOf(Signer).Length));
    }

    /// <summary>Code 0xef0100 || address: an invalid instruction before Prague, a delegation to the address's code since.</summary>
    [Theory]
    [InlineData(Fork.Cancun, false, 0UL)]
    [InlineData(Fork.Prague, true, 7UL)]
    public void A_delegated_account_runs_its_targets_code(Fork fork, bool succeeds, ulong word)
    {
        string designator = "ef0100" + Convert.ToHexString(Trial.Stranger.ToArray());
        var result = new Trial(fork, designator).With(Trial.Stranger, "6007" + Trial.ReturnTop, nonce: 1).Run();

        Assert.Equal((succeeds, (UInt256)word), (result.Executed.IsSuccess, result.Word));
    }

    private static EvmTransaction WithData(EvmTransaction transaction) => transaction with { Input = Enumerable.Repeat((byte)1, 100).ToArray() };

    private static EvmTransaction WithDelegation(EvmTransaction transaction, ulong nonce) => transaction with
    {
        Type = TxType.SetCode,
        ChainId = 1,
        Authorizations = [new SetCodeTuple(1UL, Trial.Stranger, nonce, Signer)],
    };
}
