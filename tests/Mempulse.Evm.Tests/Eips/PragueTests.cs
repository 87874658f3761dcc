using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Prague: BLS12-381 (EIP-2537), a floor for calldata (EIP-7623), delegations (EIP-7702).</summary>
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
    public void BLS12_381_comes_with_Prague(int number, int inputBytes, long gas) =>
        EipCase.AssertPrecompileAppears(Fork.Cancun, Fork.Prague, number, inputBytes, gas);

    /// <summary>A hundred bytes that are not zero are 400 tokens: 1,600 gas of calldata, 4,000 at least.</summary>
    [Theory]
    [InlineData(Fork.Cancun, 21_000 + 1_600)]
    [InlineData(Fork.Prague, 21_000 + 4_000)]
    public void Calldata_costs_at_least_its_floor(Fork fork, long gas) =>
        Assert.Equal(gas, new Trial(fork).With(WithData).Run().GasUsed);

    [Theory]
    [InlineData(Fork.Cancun, TxRejection.None)]
    [InlineData(Fork.Prague, TxRejection.GasBelowFloor)]
    public void A_limit_below_the_floor_is_refused(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => WithData(transaction) with { GasLimit = 21_000 + 3_999 }).Run().Rejection);

    [Theory]
    [InlineData(Fork.Cancun, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Prague, TxRejection.None)]
    public void Delegations_come_with_Prague(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => Delegating(transaction, 0)).Run().Rejection);

    /// <summary>25,000 for the tuple, of which 12,500 come back, as far as a fifth goes, when the signer is there already.</summary>
    [Theory]
    [InlineData(false, 46_000)]
    [InlineData(true, 46_000 - (46_000 / 5))]
    public void A_delegation_is_set_and_paid_for(bool isThere, long gas)
    {
        var trial = new Trial(Fork.Prague).With(transaction => Delegating(transaction, 0));
        var result = (isThere ? trial.With(Signer, balance: 1UL) : trial).Run();

        Assert.Equal(gas, result.GasUsed);
        Assert.Equal("ef0100" + Convert.ToHexStringLower(Trial.Stranger.ToArray()), Convert.ToHexStringLower(result.State.CodeOf(Signer).Bytes));
        Assert.Equal(1UL, result.State.NonceOf(Signer));
    }

    [Fact]
    public void A_delegation_with_another_nonce_is_skipped_and_paid_for()
    {
        var result = new Trial(Fork.Prague).With(transaction => Delegating(transaction, 5)).Run();

        Assert.Equal((46_000, 0), (result.GasUsed, result.State.CodeOf(Signer).Length));
    }

    /// <summary>The designator 0xef0100 and an address as code: before Prague an instruction that nobody knows, since the code of that address.</summary>
    [Theory]
    [InlineData(Fork.Cancun, false, 0UL)]
    [InlineData(Fork.Prague, true, 7UL)]
    public void Who_delegates_runs_the_others_code(Fork fork, bool succeeds, ulong word)
    {
        string designator = "ef0100" + Convert.ToHexString(Trial.Stranger.ToArray());
        var result = new Trial(fork, designator).With(Trial.Stranger, "6007" + Trial.ReturnTop, nonce: 1).Run();

        Assert.Equal((succeeds, (UInt256)word), (result.Executed.IsSuccess, result.Word));
    }

    private static EvmTransaction WithData(EvmTransaction transaction) => transaction with { Input = Enumerable.Repeat((byte)1, 100).ToArray() };

    private static EvmTransaction Delegating(EvmTransaction transaction, ulong nonce) => transaction with
    {
        Type = TxType.SetCode,
        ChainId = 1,
        Authorizations = [new SetCodeTuple(1UL, Trial.Stranger, nonce, Signer)],
    };
}
