using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Berlin: cold access to an account or slot costs more than warm access (EIP-2929); an access list warms both (EIP-2930, EIP-2718).</summary>
public sealed class Eip2929Tests
{
    private const string TwoReads = "600054600054";

    [Theory]
    [InlineData(TwoReads, 6 + 1_600, 6 + 2_200)] // SLOAD
    [InlineData("61aaaa3161aaaa31", 6 + 1_400, 6 + 2_700)] // BALANCE
    [InlineData("61aaaa3b61aaaa3b", 6 + 1_400, 6 + 2_700)] // EXTCODESIZE
    [InlineData("61aaaa3f61aaaa3f", 6 + 1_400, 6 + 2_700)] // EXTCODEHASH
    [InlineData("6000600060006000600061aaaa6000f1", 21 + 700, 21 + 2_600)] // CALL
    [InlineData("3031", 2 + 700, 2 + 100)] // the executing account is warm
    [InlineData("600131", 3 + 700, 3 + 100)] // precompiles are warm
    public void Cold_access_costs_more_than_warm_access(string code, long before, long after)
    {
        Assert.Equal(before, EipCase.GasOf(Fork.Istanbul, code));
        Assert.Equal(after, EipCase.GasOf(Fork.Berlin, code));
    }

    [Fact]
    public void An_access_list_prepays_and_warms()
    {
        var result = new Trial(Fork.Berlin, TwoReads).With(WithAccessList).Run();

        Assert.Equal((21_000L + 2_400 + 1_900, 6L + 200), (result.Intrinsic, result.Gas));
    }

    [Theory]
    [InlineData(Fork.Istanbul, TxRejection.TypeNotSupported)]
    [InlineData(Fork.Berlin, TxRejection.None)]
    public void Access_list_transactions_exist_since_Berlin(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(WithAccessList).Run().Rejection);

    private static EvmTransaction WithAccessList(EvmTransaction transaction) => transaction with
    {
        Type = TxType.AccessList,
        ChainId = 1,
        AccessList = [new AccessListEntry(Trial.Contract, [default])],
    };
}
