using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Tangerine Whistle: state access costs more, and a call keeps 1/64 of the gas.</summary>
public sealed class Eip150Tests
{
    private const string Sender = "7300000000000000000000000000000000005e0de4";

    [Theory]
    [InlineData("600131", 3 + 20, 3 + 400)] // BALANCE
    [InlineData("60013b", 3 + 20, 3 + 700)] // EXTCODESIZE
    [InlineData("60006000600060013c", 12 + 20, 12 + 700)] // EXTCODECOPY of zero bytes
    [InlineData("600054", 3 + 50, 3 + 200)] // SLOAD
    [InlineData("60006000600060006000" + Sender + "6000f1", 21 + 40, 21 + 700)] // CALL
    [InlineData("60006000600060006000" + Sender + "6000f2", 21 + 40, 21 + 700)] // CALLCODE
    [InlineData("6000600060006000" + Sender + "6000f4", 18 + 40, 18 + 700)] // DELEGATECALL
    [InlineData("61aaaaff", 3, 3 + 5_000 + 25_000)] // SELFDESTRUCT to a new account
    [InlineData(Sender + "ff", 3, 3 + 5_000)] // SELFDESTRUCT to an existing account
    public void State_access_costs_more(string code, long before, long after)
    {
        Assert.Equal(before, EipCase.GasOf(Fork.Homestead, code));
        Assert.Equal(after, EipCase.GasOf(Fork.TangerineWhistle, code));
    }

    /// <summary>A CALL that requests more gas than remains.</summary>
    [Theory]
    [InlineData(Fork.Homestead, Status.OutOfGas)]
    [InlineData(Fork.TangerineWhistle, Status.Stop)]
    public void A_call_that_requests_too_much_gas_gets_all_but_one_64th(Fork fork, Status status) =>
        Assert.Equal(status, new Trial(fork, "60006000600060006000" + Sender + "63fffffffff1").Run().Status);

    /// <summary>The callee burns its gas. Of 978,279 remaining gas, the caller keeps 15,285.</summary>
    [Fact]
    public void The_caller_keeps_one_64th()
    {
        var result = new Trial(Fork.TangerineWhistle, "6000600060006000600061aaaa63fffffffff1").With(Trial.Stranger, "fe", nonce: 1).Run();

        const long Left = 1_000_000 - 21_000 - 21 - 700;
        Assert.Equal(21 + 700 + Left - (Left / 64), result.Gas);
    }
}
