using System.Collections.Concurrent;
using Mempulse.Evm.State;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>The fetched part of one block's state. It only grows and values never change, so runs may read while others fetch.</summary>
internal sealed class FetchedState(StateMeter meter) : IStateReader
{
    private readonly ConcurrentDictionary<Address, AccountRecord?> _accounts = new();
    private readonly ConcurrentDictionary<(Address Address, UInt256 Slot), UInt256> _slots = new();
    private readonly ConcurrentDictionary<Hash256, ContractCode> _codes = new();
    private readonly ConcurrentDictionary<ulong, Hash256> _hashes = new();
    private long _sizeBytes;

    /// <summary>Approximate size in memory.</summary>
    public long SizeBytes => Interlocked.Read(ref _sizeBytes);

    public void Add(in Address address, AccountRecord? account) => Count(_accounts.TryAdd(address, account), 0);

    public void Add(in Address address, in UInt256 slot, in UInt256 value) => Count(_slots.TryAdd((address, slot), value), 0);

    public void Add(ContractCode code) => Count(_codes.TryAdd(code.Hash, code), code.Length);

    public void Add(ulong number, in Hash256 hash) => Count(_hashes.TryAdd(number, hash), 0);

    public bool Has(in Address address) => _accounts.ContainsKey(address);

    public bool Has(in Address address, in UInt256 slot) => _slots.ContainsKey((address, slot));

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

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) =>
        _slots.TryGetValue((address, slot), out value) ? ReadOutcome.Found : ReadOutcome.Missing;

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) =>
        _codes.TryGetValue(codeHash, out code) ? ReadOutcome.Found : ReadOutcome.Missing;

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) =>
        _hashes.TryGetValue(number, out hash) ? ReadOutcome.Found : ReadOutcome.Missing;

    private void Count(bool isNew, int bytes)
    {
        const int EntryBytes = 200; // key, value and the table's overhead
        if (isNew)
        {
            meter.Fetched();
            Interlocked.Add(ref _sizeBytes, EntryBytes + bytes);
        }
    }
}
