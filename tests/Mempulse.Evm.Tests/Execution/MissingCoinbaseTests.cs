using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Eips;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>A fee recipient whose account the state reader lacks. Every fork pays it, whether or not the fork warms it.</summary>
public sealed class MissingCoinbaseTests
{
    [Theory]
    [InlineData(Fork.Frontier)]
    [InlineData(Fork.Berlin)]
    [InlineData(Fork.London)]
    [InlineData(Fork.Paris)]
    [InlineData(Fork.Shanghai)]
    [InlineData(Fork.Osaka)]
    public void A_transaction_is_not_executed_without_the_account_of_the_coinbase(Fork fork)
    {
        var trial = new Trial(fork);
        var state = new WorldState(new Lacking(trial, Trial.Coinbase));

        var execution = new EvmExecutor(SenderRecovery.CreateBest()).ExecuteTransaction(trial.Block, trial.Transaction, state);

        Assert.Equal(new TxExecution.StateMissing(new StateGap.OfAccount(Trial.Coinbase)), execution);
        Assert.Equal((0UL, (UInt256)1_000_000_000_000_000_000UL), (state.NonceOf(Trial.Sender), state.BalanceOf(Trial.Sender)));
    }

    private sealed class Lacking(IStateReader inner, Address missing) : IStateReader
    {
        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            if (address != missing)
            {
                return inner.ReadAccount(address, out account);
            }

            account = default;
            return ReadOutcome.Missing;
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) => inner.ReadStorage(address, slot, out value);

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => inner.ReadCode(address, codeHash, out code);

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => inner.ReadBlockHash(number, out hash);
    }
}
