using Mempulse.Ethereum.Forks;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Spurious Dragon: EXP costs more per byte of its exponent.</summary>
public sealed class Eip160Tests
{
    [Theory]
    [InlineData("600060020a", 6 + 10, 6 + 10)]
    [InlineData("60ff60020a", 6 + 10 + 10, 6 + 10 + 50)]
    [InlineData("61010060020a", 6 + 10 + 20, 6 + 10 + 100)]
    public void An_exponent_byte_costs_50_instead_of_10(string code, long before, long after)
    {
        Assert.Equal(before, EipCase.GasOf(Fork.TangerineWhistle, code));
        Assert.Equal(after, EipCase.GasOf(Fork.SpuriousDragon, code));
    }
}
