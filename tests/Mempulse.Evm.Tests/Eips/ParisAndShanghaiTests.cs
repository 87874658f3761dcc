using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Paris: PREVRANDAO (EIP-4399). Shanghai: a warm coinbase (EIP-3651), PUSH0 (EIP-3855), metered initcode (EIP-3860).</summary>
public sealed class ParisAndShanghaiTests
{
    [Theory]
    [InlineData(Fork.London, 7UL)]
    [InlineData(Fork.Paris, 9UL)]
    public void PREVRANDAO_replaces_DIFFICULTY_in_Paris(Fork fork, ulong word)
    {
        var result = new Trial(fork, "44" + Trial.ReturnTop).In(block => block with { Difficulty = 7UL, PrevRandao = AddressWord.ToHash(9UL) }).Run();

        Assert.Equal((UInt256)word, result.Word);
        Assert.Equal(2 + Trial.ReturnTopGas, result.Gas);
    }

    [Theory]
    [InlineData(Fork.Paris, 2_600)]
    [InlineData(Fork.Shanghai, 100)]
    public void The_coinbase_is_warm_since_Shanghai(Fork fork, long gas) => Assert.Equal(2 + gas, EipCase.GasOf(fork, "4131"));

    [Fact]
    public void PUSH0_exists_since_Shanghai() => EipCase.AssertAppears(Fork.Paris, Fork.Shanghai, "5f", 2);

    /// <summary>33 bytes of init code, two words, that stop at once.</summary>
    [Theory]
    [InlineData(Fork.Paris, 53_000 + (33 * 4))]
    [InlineData(Fork.Shanghai, 53_000 + (33 * 4) + (2 * 2))]
    public void A_word_of_init_code_costs_2_gas(Fork fork, long gas) => Assert.Equal(gas, new Trial(fork).Creating(new string('0', 66)).Run().GasUsed);

    /// <summary>CREATE with 33 bytes: 32,000 gas, 6 for two words of memory, and 4 more since Shanghai.</summary>
    [Theory]
    [InlineData(Fork.Paris, 9 + 32_000 + 6)]
    [InlineData(Fork.Shanghai, 9 + 32_000 + 6 + 4)]
    public void A_word_of_init_code_of_CREATE_costs_2_gas(Fork fork, long gas) => Assert.Equal(gas, EipCase.GasOf(fork, "602160006000f0"));

    [Theory]
    [InlineData(Fork.Paris, 49_153, TxRejection.None)]
    [InlineData(Fork.Shanghai, 49_152, TxRejection.None)]
    [InlineData(Fork.Shanghai, 49_153, TxRejection.InitcodeTooLarge)]
    public void A_transaction_with_init_code_above_49152_bytes_is_rejected(Fork fork, int bytes, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).Creating(new string('0', 2 * bytes)).Run().Rejection);

    [Theory]
    [InlineData(Fork.Paris, Status.Stop)]
    [InlineData(Fork.Shanghai, Status.InitcodeTooLarge)]
    public void CREATE_with_init_code_above_49152_bytes_halts(Fork fork, Status status) =>
        Assert.Equal(status, new Trial(fork, "61c00160006000f0").Run().Status);
}
