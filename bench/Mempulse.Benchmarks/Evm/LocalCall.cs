using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A call of one contract over a state that has nothing else, warm from run to run.</summary>
internal sealed class LocalCall(byte[] code, Fork fork = Fork.Prague) : IStateReader
{
    /// <summary>Enough for all programs here, in one call; the last fork without a cap is Prague (EIP-7825).</summary>
    public const ulong GasLimit = 30_000_000_000;

    private static readonly Address Contract = Address.Parse("0x000000000000000000000000000000000000c0de");

    private readonly EvmExecutor _executor = new(SenderRecovery.CreateBest());
    private readonly ContractCode _code = ContractCode.Of(code);
    private readonly BlockEnv _block = new() { Rules = ForkHistory.Of(fork), ChainId = 1, Number = 1, Timestamp = 1, Coinbase = default, GasLimit = GasLimit };
    private WorldState? _state;

    /// <summary>Who calls.</summary>
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000005e0de4");

    /// <summary>What the last run gave.</summary>
    public byte[] Output { get; private set; } = [];

    /// <summary>Gas the last run took.</summary>
    public ulong GasUsed { get; private set; }

    /// <summary>Runs it once; the state begins anew, in the tables of the last run.</summary>
    public void Run(ulong gasLimit = GasLimit)
    {
        if (_state is null)
        {
            _state = new WorldState(this);
        }
        else
        {
            _state.Reset(this);
        }

        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = Sender, Nonce = 0, GasLimit = gasLimit, Recipient = Contract };
        if (_executor.ExecuteTransaction(_block, transaction, _state) is not TxExecution.Executed executed)
        {
            throw new InvalidDataException("The call is not valid.");
        }

        GasUsed = executed.GasUsed;
        Output = executed.Output.ToArray();
    }

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        account = new AccountRecord(UInt256.One, address == Contract ? 1UL : 0UL, address == Contract ? _code.Hash : ContractCode.Empty.Hash, false);
        return address == Contract || address == Sender ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? found)
    {
        found = _code;
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }
}
