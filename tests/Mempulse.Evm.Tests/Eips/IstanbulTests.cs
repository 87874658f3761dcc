using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Istanbul: BLAKE2F (EIP-152), CHAINID (EIP-1344), higher prices for reads (EIP-1884), lower prices for calldata (EIP-2028).</summary>
public sealed class IstanbulTests
{
    /// <summary>The 12-round vector of EIP-152, sent directly to the precompile.</summary>
    private const string TwelveRounds =
        "0000000c48c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5d182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cd"
        + "e05b61626300000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000300"
        + "000000000000000000000000000001";

    private const string Compressed =
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";

    [Theory]
    [InlineData(Fork.Petersburg, "", 0)]
    [InlineData(Fork.Istanbul, Compressed, 12)]
    public void Blake2F_costs_one_gas_per_round(Fork fork, string output, long gas)
    {
        var result = new Trial(fork)
            .With(transaction => transaction with
            {
                Recipient = Address.Parse("0x0000000000000000000000000000000000000009"),
                Input = Convert.FromHexString(TwelveRounds),
            })
            .Run();

        Assert.Equal((output, gas), (Convert.ToHexStringLower(result.Executed.Output.Span), result.Gas));
    }

    [Fact]
    public void CHAINID_exists_since_Istanbul()
    {
        EipCase.AssertAppears(Fork.Petersburg, Fork.Istanbul, "46", 2);
        Assert.Equal(UInt256.One, new Trial(Fork.Istanbul, "46" + Trial.ReturnTop).Run().Word);
    }

    [Fact]
    public void SELFBALANCE_exists_since_Istanbul() => EipCase.AssertAppears(Fork.Petersburg, Fork.Istanbul, "47", 5);

    [Theory]
    [InlineData("600054", 200, 800)] // SLOAD
    [InlineData("600131", 400, 700)] // BALANCE
    [InlineData("60013f", 400, 700)] // EXTCODEHASH
    public void Reads_cost_more(string code, long before, long after)
    {
        Assert.Equal(3 + before, EipCase.GasOf(Fork.Petersburg, code));
        Assert.Equal(3 + after, EipCase.GasOf(Fork.Istanbul, code));
    }

    [Theory]
    [InlineData(Fork.Petersburg, 21_000 + 4 + 68)]
    [InlineData(Fork.Istanbul, 21_000 + 4 + 16)]
    public void A_nonzero_calldata_byte_costs_16_instead_of_68(Fork fork, long gas) =>
        Assert.Equal(gas, new Trial(fork).With(transaction => transaction with { Input = new byte[] { 0, 1 } }).Run().GasUsed);
}
