using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Berlin: the first look at an account or slot is dear and the next cheap (EIP-2929), unless a list paid for it (EIP-2930, EIP-2718).</summary>
public sealed class Eip2929Tests
{
    private const string TwoReads = "600054600054";

    [Theory]
    [InlineData(TwoReads, 6 + 1_600, 6 + 2_200)] // SLOAD
    [InlineData("61aaaa3161aaaa31", 6 + 1_400, 6 + 2_700)] // BALANCE
    [InlineData("61aaaa3b61aaaa3b", 6 + 1_400, 6 + 2_700)] // EXTCODESIZE
    [InlineData("61aaaa3f61aaaa3f", 6 + 1_400, 6 + 2_700)] // EXTCODEHASH
    [InlineData("6000600060006000600061aaaa6000f1", 21 + 700, 21 + 2_600)] // CALL
    [InlineData("3031", 2 + 700, 2 + 100)] // itself is warm
    [InlineData("600131", 3 + 700, 3 + 100)] // and so are precompiles
    public void The_first_look_costs_more_than_the_next(string code, long before, long after)
    {
        Assert.Equal(before, EipCase.GasOf(Fork.Istanbul, code));
        Assert.Equal(after, EipCase.GasOf(Fork.Berlin, code));
    }

    [Fact]
    public void A_list_pays_in_advance()
    {
        var result = new Trial(Fork.Berlin, TwoReads).With(Listed).Run();

        Assert.Equal((21_000L + 2_400 + 1_900, 6L + 200), (result.Intrinsic, result.Gas));
    }

    [Theory]
    [InlineData(Fork.Istanbul, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Berlin, TxRejection.None)]
    public void Transactions_with_a_list_come_with_Berlin(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(Listed).Run().Rejection);

    private static EvmTransaction Listed(EvmTransaction transaction) => transaction with
    {
        Type = TxType.AccessList,
        ChainId = 1,
        AccessList = [new AccessListEntry(Trial.Contract, [default])],
    };
}
