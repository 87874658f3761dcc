using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Byzantium: REVERT (EIP-140), return data (EIP-211) and STATICCALL (EIP-214).</summary>
public sealed class ByzantiumCallTests
{
    private const string StaticCallStranger = "600060006000600061aaaa61fffffa" + Trial.ReturnTop;

    [Theory]
    [InlineData(Fork.SpuriousDragon, Status.InvalidInstruction, 979_000)]
    [InlineData(Fork.Byzantium, Status.Revert, 6)]
    public void Revert_returns_the_remaining_gas(Fork fork, Status status, long gas)
    {
        var result = new Trial(fork, "60006000fd").Run();

        Assert.Equal((status, gas), (result.Status, result.Gas));
    }

    [Fact]
    public void RETURNDATASIZE_exists_since_Byzantium() => EipCase.AssertAppears(Fork.SpuriousDragon, Fork.Byzantium, "3d", 2);

    [Fact]
    public void RETURNDATACOPY_exists_since_Byzantium() => EipCase.AssertAppears(Fork.SpuriousDragon, Fork.Byzantium, "6000600060003e", 9 + 3);

    [Fact]
    public void RETURNDATACOPY_past_the_end_halts() =>
        Assert.Equal(Status.ReturnDataOutOfBounds, new Trial(Fork.Byzantium, "6001600060003e").Run().Status);

    [Fact]
    public void STATICCALL_exists_since_Byzantium() =>
        EipCase.AssertAppears(Fork.SpuriousDragon, Fork.Byzantium, StaticCallStranger, 18 + 700 + Trial.ReturnTopGas);

    [Theory]
    [InlineData("00", 1UL)]
    [InlineData("600160005500", 0UL)] // SSTORE
    [InlineData("60006000a000", 0UL)] // LOG0
    [InlineData("600060006000f000", 0UL)] // CREATE
    [InlineData("6000ff", 0UL)] // SELFDESTRUCT
    [InlineData("6000600060006000600160006000f100", 0UL)] // CALL with a value
    public void A_static_call_fails_on_a_state_change(string code, ulong success) =>
        Assert.Equal((UInt256)success, new Trial(Fork.Byzantium, StaticCallStranger).With(Trial.Stranger, code, 1UL, 1).Run().Word);
}
