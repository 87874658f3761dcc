using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Contracts;

/// <summary>Contracts with the storage that a test gives them, called in our own EVM. Every call starts from that storage again.</summary>
public sealed class ContractScene : IStateReader
{
    /// <summary>Time of the block in seconds.</summary>
    public const ulong Timestamp = 1_700_000_000;

    private const ulong GasLimit = 1_000_000_000;

    private static readonly Address s_caller = Address.Parse("0x00000000000000000000000000000000000ca11e");

    private readonly Dictionary<Address, ContractCode> _codes = [];
    private readonly Dictionary<(Address, UInt256), UInt256> _slots = [];
    private readonly EvmExecutor _executor = new(SenderRecovery.CreateBest());
    private readonly WorldState _state;
    private readonly BlockEnv _block = new()
    {
        Rules = ForkHistory.Of(Fork.Prague),
        ChainId = 1,
        Number = 24_000_000,
        Timestamp = Timestamp,
        Coinbase = default,
        GasLimit = GasLimit,
    };

    public ContractScene() => _state = new WorldState(this);

    /// <summary>Puts a contract at an address.</summary>
    public void Put(Address address, ReadOnlySpan<byte> code) => _codes[address] = ContractCode.Of(code);

    /// <summary>Deploys a contract with its constructor and returns its code.</summary>
    public byte[] Create(ReadOnlySpan<byte> creation)
    {
        var result = Execute(null, creation.ToArray(), default);
        return result.IsSuccess ? result.Output.ToArray() : throw new InvalidDataException("The constructor reverted.");
    }

    /// <summary>Sets a slot.</summary>
    public void Set(Address address, UInt256 slot, UInt256 value) => _slots[(address, slot)] = value;

    /// <summary>Forgets the storage of all contracts.</summary>
    public void ClearStorage() => _slots.Clear();

    /// <summary>Calls a contract.</summary>
    public CallResult Call(Address contract, byte[] input, UInt256 value = default) => Execute(contract, input, value);

    /// <summary>A slot after the last call.</summary>
    public UInt256 After(Address address, UInt256 slot) => _state.StorageOf(address, slot);

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadAccount(in Address address, out AccountRecord account)
    {
        bool isContract = _codes.TryGetValue(address, out var code);
        account = new AccountRecord(new UInt256(0, 1UL << 40, 0, 0), isContract ? 1UL : 0, isContract ? code!.Hash : ContractCode.Empty.Hash, isContract);
        return isContract || address == s_caller ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _slots.GetValueOrDefault((address, slot));
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = _codes[address];
        return ReadOutcome.Found;
    }

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }

    private CallResult Execute(Address? recipient, byte[] input, UInt256 value)
    {
        _state.Reset(this);
        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = s_caller, Nonce = 0, GasLimit = GasLimit, Recipient = recipient, Input = input, Value = value };
        return _executor.ExecuteTransaction(_block, transaction, _state) is TxExecution.Executed executed
            ? new CallResult(executed.IsSuccess, executed.Output.ToArray())
            : throw new InvalidDataException("The call is not valid.");
    }
}
