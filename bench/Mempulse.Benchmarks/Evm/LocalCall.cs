using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A call on a state in memory, whose tables stay warm from run to run.</summary>
internal sealed class LocalCall(CallState reader, Address recipient, Fork fork = Fork.Prague)
{
    /// <summary>Enough for all programs here in one call; the last fork without a cap is Prague (EIP-7825).</summary>
    public const ulong GasLimit = 30_000_000_000;

    private static readonly Address Contract = Address.Parse("0x000000000000000000000000000000000000c0de");

    private readonly EvmExecutor _executor = new(SenderRecovery.CreateBest());
    private readonly BlockEnv _block = new() { Rules = ForkHistory.Of(fork), ChainId = 1, Number = 1, Timestamp = 1, Coinbase = default, GasLimit = GasLimit };
    private readonly WorldState _state = new(reader);

    /// <summary>A call of one contract on a state that has nothing else.</summary>
    public LocalCall(byte[] code, Fork fork = Fork.Prague)
        : this(CallState.Of(Contract, code), Contract, fork)
    {
    }

    /// <summary>The call of a workload.</summary>
    public LocalCall(Workload workload)
        : this(workload.State, workload.Recipient) => Input = workload.Input;

    /// <summary>Input of the call.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Value of the call, in wei.</summary>
    public UInt256 Value { get; init; }

    /// <summary>The caller.</summary>
    public Address Sender { get; init; } = Workload.Sender;

    /// <summary>The caller's nonce.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Output of the last run.</summary>
    public byte[] Output { get; private set; } = [];

    /// <summary>True when the last run neither reverted nor halted.</summary>
    public bool IsSuccess { get; private set; }

    /// <summary>Gas used by the last run.</summary>
    public ulong GasUsed { get; private set; }

    /// <summary>Runs the call once on a fresh state in the tables of the last run.</summary>
    public void Run(ulong gasLimit = GasLimit)
    {
        _state.Reset(reader);
        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = Sender, Nonce = Nonce, GasLimit = gasLimit, Recipient = recipient, Input = Input, Value = Value };
        if (_executor.ExecuteTransaction(_block, transaction, _state) is not TxExecution.Executed executed)
        {
            throw new InvalidDataException("The call is not valid.");
        }

        IsSuccess = executed.IsSuccess;
        GasUsed = executed.GasUsed;
        Output = executed.Output.IsEmpty ? [] : executed.Output.ToArray();
    }
}
