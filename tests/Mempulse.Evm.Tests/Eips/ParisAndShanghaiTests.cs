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
    public void The_place_of_the_difficulty_is_taken_by_randomness(Fork fork, ulong word)
    {
        var result = new Trial(fork, "44" + Trial.ReturnTop).In(block => block with { Difficulty = 7UL, PrevRandao = AddressWord.ToHash(9UL) }).Run();

        Assert.Equal((UInt256)word, result.Word);
        Assert.Equal(2 + Trial.ReturnTopGas, result.Gas);
    }

    [Theory]
    [InlineData(Fork.Paris, 2_600)]
    [InlineData(Fork.Shanghai, 100)]
    public void The_coinbase_is_warm_from_Shanghai_on(Fork fork, long gas) => Assert.Equal(2 + gas, EipCase.GasOf(fork, "4131"));

    [Fact]
    public void A_zero_is_pushed_for_2_gas_from_Shanghai_on() => EipCase.AssertAppears(Fork.Paris, Fork.Shanghai, "5f", 2);

    /// <summary>33 bytes of initcode that stop at once: two words.</summary>
    [Theory]
    [InlineData(Fork.Paris, 53_000 + (33 * 4))]
    [InlineData(Fork.Shanghai, 53_000 + (33 * 4) + (2 * 2))]
    public void A_word_of_initcode_costs_2_gas(Fork fork, long gas) => Assert.Equal(gas, new Trial(fork).Creating(new string('0', 66)).Run().GasUsed);

    /// <summary>CREATE of 33 bytes: 32,000, two words of memory, and 4 from Shanghai on.</summary>
    [Theory]
    [InlineData(Fork.Paris, 9 + 32_000 + 6)]
    [InlineData(Fork.Shanghai, 9 + 32_000 + 6 + 4)]
    public void So_does_one_of_CREATE(Fork fork, long gas) => Assert.Equal(gas, EipCase.GasOf(fork, "602160006000f0"));

    [Theory]
    [InlineData(Fork.Paris, 49_153, TxRejection.None)]
    [InlineData(Fork.Shanghai, 49_152, TxRejection.None)]
    [InlineData(Fork.Shanghai, 49_153, TxRejection.InitcodeTooLarge)]
    public void Initcode_has_at_most_49152_bytes(Fork fork, int bytes, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).Creating(new string('0', 2 * bytes)).Run().Rejection);

    [Theory]
    [InlineData(Fork.Paris, Status.Stop)]
    [InlineData(Fork.Shanghai, Status.InitcodeTooLarge)]
    public void CREATE_of_more_halts(Fork fork, Status status) => Assert.Equal(status, new Trial(fork, "61c00160006000f0").Run().Status);
}
