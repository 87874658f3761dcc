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
    private readonly List<(Address Address, UInt256 Slot)> _slotsRead = [];
    private readonly EvmExecutor _executor = new(SenderRecovery.CreateBest());
    private readonly WorldState _state;
    private Address _sender = s_caller;
    private ulong _nonce;
    private ulong _deployed;
    private Address? _created;
    private readonly BlockEnv _block;

    /// <param name="timestamp">Time of the block in seconds.</param>
    public ContractScene(ulong timestamp = Timestamp)
    {
        _state = new WorldState(this);
        _block = new BlockEnv
        {
            Rules = ForkHistory.Of(Fork.Prague),
            ChainId = 1,
            Number = 24_000_000,
            Timestamp = timestamp,
            Coinbase = default,
            GasLimit = GasLimit,
        };
    }

    /// <summary>What the last call read from storage, in order and each slot once.</summary>
    public IReadOnlyList<(Address Address, UInt256 Slot)> SlotsRead => _slotsRead;

    /// <summary>Puts a contract at an address.</summary>
    public void Put(Address address, ReadOnlySpan<byte> code) => _codes[address] = ContractCode.Of(code);

    /// <summary>Deploys a contract with its constructor, at an address that no other has.</summary>
    public Address Deploy(byte[] creation)
    {
        var result = Execute(s_caller, null, creation, default, _deployed);
        if (!result.IsSuccess)
        {
            throw new InvalidDataException($"The constructor reverts with 0x{Convert.ToHexStringLower(result.Output.Span)}.");
        }

        var address = _created ?? throw new InvalidDataException("The constructor created nothing.");
        _deployed++;
        Put(address, result.Output.Span);
        foreach (var image in _state.Images().Where(image => image.Address == address))
        {
            foreach (var (slot, value) in image.Slots)
            {
                Set(address, slot, value);
            }
        }

        return address;
    }

    /// <summary>Removes the code of a contract, so that its address can send calls.</summary>
    public void Remove(Address address) => _codes.Remove(address);

    /// <summary>Sets a slot.</summary>
    public void Set(Address address, UInt256 slot, UInt256 value) => _slots[(address, slot)] = value;

    /// <summary>Forgets the storage of all contracts.</summary>
    public void ClearStorage() => _slots.Clear();

    /// <summary>Calls a contract.</summary>
    public CallResult Call(Address contract, byte[] input) => Execute(s_caller, contract, input, default, 0);

    /// <summary>Calls a contract with ether, from an address that has no code.</summary>
    public CallResult Call(Address sender, Address contract, byte[] input, UInt256 value) => Execute(sender, contract, input, value, 0);

    /// <summary>The logs of the last call.</summary>
    public IReadOnlyList<LogEntry> Logs => _state.Logs;

    /// <summary>Keeps the storage as the last call left it.</summary>
    public void Keep()
    {
        foreach (var image in _state.Images())
        {
            foreach (var (slot, value) in image.Slots)
            {
                Set(image.Address, slot, value);
            }
        }
    }

    /// <summary>A slot as it is kept.</summary>
    public UInt256 Kept(Address address, UInt256 slot) => _slots.GetValueOrDefault((address, slot));

    /// <summary>A slot after the last call.</summary>
    public UInt256 After(Address address, UInt256 slot) => _state.StorageOf(address, slot);

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadAccount(in Address address, out AccountRecord account)
    {
        bool isContract = _codes.TryGetValue(address, out var code);
        account = new AccountRecord(new UInt256(0, 1UL << 40, 0, 0), isContract ? 1UL : address == s_caller ? _nonce : 0, isContract ? code!.Hash : ContractCode.Empty.Hash, isContract);
        return isContract || address == _sender ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    ReadOutcome IStateReader.ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _slots.GetValueOrDefault((address, slot));
        _slotsRead.Add((address, slot));
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

    private CallResult Execute(Address sender, Address? recipient, byte[] input, UInt256 value, ulong nonce)
    {
        (_sender, _nonce) = (sender, nonce);
        _state.Reset(this);
        _slotsRead.Clear();
        var transaction = new EvmTransaction { Type = TxType.Legacy, Sender = sender, Nonce = nonce, GasLimit = GasLimit, Recipient = recipient, Input = input, Value = value };
        if (_executor.ExecuteTransaction(_block, transaction, _state) is not TxExecution.Executed executed)
        {
            throw new InvalidDataException("The call is not valid.");
        }

        _created = executed.Created;
        return new CallResult(executed.IsSuccess, executed.Output.ToArray());
    }
}
