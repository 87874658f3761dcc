using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>Spurious Dragon: a transaction may carry a chain ID.</summary>
public sealed class Eip155Tests
{
    [Theory]
    [InlineData(Fork.TangerineWhistle, TxRejection.None)]
    [InlineData(Fork.SpuriousDragon, TxRejection.WrongChain)]
    public void A_transaction_of_another_chain_is_rejected(Fork fork, TxRejection rejection) =>
        Assert.Equal(rejection, new Trial(fork).With(transaction => transaction with { ChainId = 5 }).Run().Rejection);

    [Theory]
    [InlineData(1UL)]
    [InlineData(null)]
    public void A_transaction_of_this_chain_or_without_a_chain_id_runs(ulong? chainId) =>
        Assert.Equal(TxRejection.None, new Trial(Fork.SpuriousDragon).With(transaction => transaction with { ChainId = chainId }).Run().Rejection);
}
