using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>Offsets that no memory reaches, at the edges of what a machine's integers hold.</summary>
public sealed class FarMemoryTests
{
    [Theory]
    [InlineData("677fffffffffffffff")]
    [InlineData("678000000000000000")]
    [InlineData("67ffffffffffffffff")]
    [InlineData("637fffffff")]
    [InlineData("63ffffffff")]
    [InlineData("68010000000000000000")]
    public void Memory_out_of_reach_is_out_of_gas(string pushOffset)
    {
        Assert.Equal(Status.OutOfGas, Run("5f5f52" + pushOffset + "51"));
        Assert.Equal(Status.OutOfGas, Run("5f5f52" + "6001" + pushOffset + "52"));
        Assert.Equal(Status.OutOfGas, Run(pushOffset + "51"));
    }

    /// <summary>The place that a call gave its output once stood for the creation after it, and lay beyond the memory of a frame further up.</summary>
    [Fact]
    public void A_creation_that_never_starts_leaves_the_memory_of_its_caller_alone()
    {
        const string CallMyselfWithOutputAt12000 = "36601157" + "6020612ee060015f5f305af100";
        const string CreateWithMoreThanIHave = "5b5f5f60fff000";
        Assert.Equal(Status.Stop, Run(CallMyselfWithOutputAt12000 + CreateWithMoreThanIHave));
    }

    private static Status Run(string code)
    {
        const ulong Gas = 1_000_000;
        var block = new BlockEnv { Rules = ForkHistory.Of(Fork.Osaka), ChainId = 1, Number = 1, Timestamp = 1, Coinbase = default, GasLimit = Gas };
        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = OneContract.Sender, Nonce = 0, GasLimit = Gas, Recipient = OneContract.Address };
        var state = new WorldState(new OneContract(ContractCode.Of(Convert.FromHexString(code))));
        var execution = new EvmExecutor(SenderRecovery.CreateBest()).ExecuteTransaction(block, transaction, state);
        return Assert.IsType<TxExecution.Executed>(execution).Status;
    }
}
