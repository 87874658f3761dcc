using Mempulse.Ethereum.Forks;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>alt_bn128: addition and multiplication (EIP-196), pairing (EIP-197), and the lower prices of EIP-1108.</summary>
public sealed class Bn254PrecompileTests
{
    [Theory]
    [InlineData(6, 128, 500)]
    [InlineData(7, 96, 40_000)]
    [InlineData(8, 0, 100_000)]
    [InlineData(8, 192, 180_000)]
    public void They_exist_since_Byzantium(int number, int inputBytes, long gas) =>
        EipCase.AssertPrecompileAppears(Fork.SpuriousDragon, Fork.Byzantium, number, inputBytes, gas);

    [Theory]
    [InlineData(6, 128, 500, 150)]
    [InlineData(7, 96, 40_000, 6_000)]
    [InlineData(8, 0, 100_000, 45_000)]
    [InlineData(8, 192, 180_000, 79_000)]
    public void They_cost_less_since_Istanbul(int number, int inputBytes, long before, long after)
    {
        long call = EipCase.CallGas(inputBytes, 700);
        Assert.Equal(call + before, EipCase.GasOf(Fork.Petersburg, EipCase.Call(number, inputBytes)));
        Assert.Equal(call + after, EipCase.GasOf(Fork.Istanbul, EipCase.Call(number, inputBytes)));
    }
}
