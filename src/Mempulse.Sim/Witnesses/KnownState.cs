using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Sim.Witnesses;

/// <summary>A part of a block's state; reads of anything else return <see cref="ReadOutcome.Missing"/>.</summary>
/// <remarks>Confined to one thread while it is filled; afterwards any number of threads may read it.</remarks>
public sealed class KnownState : IStateReader
{
    private readonly SortedDictionary<Address, AccountRecord?> _accounts = [];
    private readonly SortedDictionary<Address, SortedDictionary<UInt256, UInt256>> _slots = [];
    private readonly SortedDictionary<Hash256, ContractCode> _codes = [];
    private readonly SortedDictionary<ulong, Hash256> _hashes = [];

    /// <summary>Accounts by ascending address; null for an account known to be absent.</summary>
    internal SortedDictionary<Address, AccountRecord?> Accounts => _accounts;

    internal SortedDictionary<Address, SortedDictionary<UInt256, UInt256>> Slots => _slots;

    internal SortedDictionary<Hash256, ContractCode> Codes => _codes;

    internal SortedDictionary<ulong, Hash256> Hashes => _hashes;

    /// <summary>Number of accounts, slots, codes and block hashes.</summary>
    public int PartCount
    {
        get
        {
            int count = _accounts.Count + _codes.Count + _hashes.Count;
            foreach (var (_, slots) in _slots)
            {
                count += slots.Count;
            }

            return count;
        }
    }

    /// <summary>Adds an account; null for an account known to be absent.</summary>
    public void Add(in Address address, AccountRecord? account) => _accounts[address] = account;

    /// <summary>Adds a storage slot.</summary>
    public void Add(in Address address, in UInt256 slot, in UInt256 value)
    {
        if (!_slots.TryGetValue(address, out var slots))
        {
            _slots.Add(address, slots = []);
        }

        slots[slot] = value;
    }

    /// <summary>Adds code under its hash.</summary>
    public void Add(ContractCode code) => _codes[code.Hash] = code;

    /// <summary>Adds the hash of a block.</summary>
    public void Add(ulong number, in Hash256 hash) => _hashes[number] = hash;

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        account = default;
        if (!_accounts.TryGetValue(address, out var known))
        {
            return ReadOutcome.Missing;
        }

        account = known ?? default;
        return known is null ? ReadOutcome.Absent : ReadOutcome.Found;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        return _slots.TryGetValue(address, out var slots) && slots.TryGetValue(slot, out value) ? ReadOutcome.Found : ReadOutcome.Missing;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) =>
        _codes.TryGetValue(codeHash, out code) ? ReadOutcome.Found : ReadOutcome.Missing;

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) =>
        _hashes.TryGetValue(number, out hash) ? ReadOutcome.Found : ReadOutcome.Missing;
}
