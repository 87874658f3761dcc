using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>Memory offsets at the limits of 32-bit and 64-bit integers, which the gas limit cannot pay for.</summary>
public sealed class FarMemoryTests
{
    [Theory]
    [InlineData("677fffffffffffffff")]
    [InlineData("678000000000000000")]
    [InlineData("67ffffffffffffffff")]
    [InlineData("637fffffff")]
    [InlineData("63ffffffff")]
    [InlineData("68010000000000000000")]
    public void Access_to_an_unaffordable_offset_runs_out_of_gas(string pushOffset)
    {
        Assert.Equal(Status.OutOfGas, Run("5f5f52" + pushOffset + "51"));
        Assert.Equal(Status.OutOfGas, Run("5f5f52" + "6001" + pushOffset + "52"));
        Assert.Equal(Status.OutOfGas, Run(pushOffset + "51"));
    }

    /// <summary>Regression: a creation reused the output range of the call before it, which lay beyond the memory of its own frame.</summary>
    [Fact]
    public void A_creation_that_fails_before_it_starts_does_not_write_to_the_callers_memory()
    {
        const string CallSelfWithOutputAt12000 = "36601157" + "6020612ee060015f5f305af100";
        const string CreateWithExcessiveValue = "5b5f5f60fff000";
        Assert.Equal(Status.Stop, Run(CallSelfWithOutputAt12000 + CreateWithExcessiveValue));
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
