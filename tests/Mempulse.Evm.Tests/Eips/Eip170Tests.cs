using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Spurious Dragon: code is at most 24,576 bytes long.</summary>
public sealed class Eip170Tests
{
    [Theory]
    [InlineData(Fork.TangerineWhistle, "6160016000f3", Status.Return)]
    [InlineData(Fork.SpuriousDragon, "6160006000f3", Status.Return)]
    [InlineData(Fork.SpuriousDragon, "6160016000f3", Status.CodeTooLarge)]
    public void Longer_code_is_rejected(Fork fork, string initcode, Status status)
    {
        var result = new Trial(fork).Creating(initcode).Run();

        Assert.Equal(status, result.Status);
        Assert.Equal(status != Status.Return, result.GasUsed == 10_000_000);
    }
}
