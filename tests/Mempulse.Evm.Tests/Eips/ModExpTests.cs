using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Modular exponentiation: EIP-198, and how EIP-2565, EIP-7823 and EIP-7883 changed it.</summary>
public sealed class ModExpTests
{
    /// <summary>Base, exponent and modulus of 32 bytes each: 3 to the power of 2^255 modulo 2^255.</summary>
    private const string Words =
        "000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "8000000000000000000000000000000000000000000000000000000000000000"
        + "8000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The same with a base of 1,025 bytes said and none given.</summary>
    private const string LongBase =
        "000000000000000000000000000000000000000000000000000000000000040100000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001";

    [Theory]
    [InlineData(Fork.SpuriousDragon, 0)] // nobody there
    [InlineData(Fork.Byzantium, 32 * 32 * 255 / 20)]
    [InlineData(Fork.Istanbul, 32 * 32 * 255 / 20)]
    [InlineData(Fork.Berlin, 4 * 4 * 255 / 3)]
    [InlineData(Fork.Cancun, 4 * 4 * 255 / 3)]
    public void A_word_to_the_power_of_a_word_has_the_price_of_its_time(Fork fork, long gas) => Assert.Equal(gas, Run(fork, Words).Gas);

    /// <summary>EIP-7883: small operands have a complexity of 16, and the division by 3 is gone. Called, so that no floor of the data hides it.</summary>
    [Theory]
    [InlineData(Fork.Prague, 200)]
    [InlineData(Fork.Osaka, 500)]
    public void The_least_it_costs_rose_with_Osaka(Fork fork, long gas) =>
        Assert.Equal(EipCase.CallGas(96, 100) + gas, EipCase.GasOf(fork, EipCase.Call(5, 96)));

    [Theory]
    [InlineData(Fork.Prague, Status.Return)]
    [InlineData(Fork.Osaka, Status.OutOfGas)] // refused in its price: all gas goes
    public void Operands_beyond_1024_bytes_are_refused_from_Osaka_on(Fork fork, Status status) => Assert.Equal(status, Run(fork, LongBase).Status);

    private static TrialResult Run(Fork fork, string input) => new Trial(fork)
        .With(transaction => transaction with { Recipient = Mempulse.Primitives.Address.Parse("0x0000000000000000000000000000000000000005"), Input = Convert.FromHexString(input) })
        .Run();
}
