using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>Bounds the allocations of a run after warm-up.</summary>
public sealed class AllocationTests
{
    private const long MaxBytes = 1024;

    [Fact]
    public void A_warm_plain_transfer_allocates_at_most_a_kilobyte() => Assert.InRange(WarmBytes([], gas: 21_000, value: 1UL), 0, MaxBytes);

    [Fact]
    public void Executing_more_instructions_allocates_nothing_more()
    {
        // Loop body: KECCAK256, MSTORE and MLOAD, SSTORE and SLOAD, TSTORE and TLOAD, DIV, a call of the identity precompile.
        const string Body = "5b60405f205f525f515060015f555f545060015f5d5f5c50600280045f5f60205f60045afa5050600190038060055700";
        long few = WarmBytes(Convert.FromHexString("6300000002" + Body), gas: 10_000_000, value: default);
        long many = WarmBytes(Convert.FromHexString("63000007d0" + Body), gas: 10_000_000, value: default);
        Assert.Equal(few, many);
        Assert.InRange(many, 0, MaxBytes);
    }

    private static long WarmBytes(byte[] code, ulong gas, UInt256 value)
    {
        var executor = new EvmExecutor(SenderRecovery.CreateBest());
        var reader = new OneContract(ContractCode.Of(code));
        var state = new WorldState(reader);
        var block = new BlockEnv { Rules = ForkHistory.Of(Fork.Osaka), ChainId = 1, Number = 1, Timestamp = 1, Coinbase = default, GasLimit = gas };
        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = OneContract.Sender, Nonce = 0, GasLimit = gas, Recipient = OneContract.Address, Value = value };
        long allocated = 0;
        for (int run = 0; run < 4; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            state.Reset(reader);
            var execution = executor.ExecuteTransaction(block, transaction, state);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(execution is TxExecution.Executed { IsSuccess: true }, execution.ToString());
        }

        return allocated;
    }
}
