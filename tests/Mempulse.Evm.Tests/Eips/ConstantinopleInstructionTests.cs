using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Constantinople: shifts (EIP-145), CREATE2 (EIP-1014) and EXTCODEHASH (EIP-1052).</summary>
public sealed class ConstantinopleInstructionTests
{
    [Theory]
    [InlineData("600160041b", 16UL)] // SHL
    [InlineData("601060041c", 1UL)] // SHR
    [InlineData("601060041d", 1UL)] // SAR
    public void Shifts_exist_since_Constantinople(string code, ulong word)
    {
        EipCase.AssertAppears(Fork.Byzantium, Fork.Constantinople, code, 9);
        Assert.Equal((UInt256)word, new Trial(Fork.Constantinople, code + Trial.ReturnTop).Run().Word);
    }

    /// <summary>One word of zeros as init code, which stops: 32,000 gas, 6 for hashing the word and 3 for memory.</summary>
    [Fact]
    public void CREATE2_exists_since_Constantinople() => EipCase.AssertAppears(Fork.Byzantium, Fork.Constantinople, "6000602060006000f5", 12 + 32_000 + 6 + 3);

    [Fact]
    public void CREATE2_derives_the_address_from_creator_salt_and_init_code()
    {
        byte[] creator = Trial.Contract.ToArray();
        byte[] salt = [.. new byte[31], 7];
        byte[] initcode = Keccak256.Hash([]).ToArray();
        byte[] expected = Keccak256.Hash([0xff, .. creator, .. salt, .. initcode]).ToArray();

        var result = new Trial(Fork.Constantinople, "6007600060006000f5" + Trial.ReturnTop).Run();

        Assert.Equal(UInt256.FromBigEndian(expected.AsSpan(12)), result.Word);
    }

    [Fact]
    public void EXTCODEHASH_exists_since_Constantinople() => EipCase.AssertAppears(Fork.Byzantium, Fork.Constantinople, "61aaaa3f", 3 + 400);

    [Fact]
    public void EXTCODEHASH_is_zero_for_an_empty_account_and_the_empty_hash_for_an_account_without_code()
    {
        const string Code = "61aaaa3f" + Trial.ReturnTop;
        Assert.Equal(UInt256.Zero, new Trial(Fork.Constantinople, Code).Run().Word);
        Assert.Equal(UInt256.Zero, new Trial(Fork.Constantinople, Code).With(Trial.Stranger).Run().Word);
        Assert.Equal(
            UInt256.FromBigEndian(Keccak256.Hash([]).ToArray()),
            new Trial(Fork.Constantinople, Code).With(Trial.Stranger, balance: 1UL).Run().Word);
    }
}
