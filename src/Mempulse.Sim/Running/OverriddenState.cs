using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Running;

/// <summary>A state with what the request wants to be different.</summary>
internal sealed class OverriddenState : IStateReader
{
    private readonly IStateReader _inner;
    private readonly SortedDictionary<Address, Change> _changes = [];

    public OverriddenState(IStateReader inner, IReadOnlyList<StateOverride> overrides)
    {
        _inner = inner;
        for (int i = 0; i < overrides.Count; i++)
        {
            _changes[overrides[i].Address] = new Change(overrides[i]);
        }
    }

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        var outcome = _inner.ReadAccount(address, out account);
        if (outcome == ReadOutcome.Missing || !_changes.TryGetValue(address, out var change))
        {
            return outcome;
        }

        var was = outcome == ReadOutcome.Found ? account : new AccountRecord(default, 0, Keccak256.OfNothing, HasStorage: false);
        account = new AccountRecord(
            change.Wanted.Balance ?? was.Balance,
            change.Wanted.Nonce ?? was.Nonce,
            change.Code?.Hash ?? was.CodeHash,
            was.HasStorage || change.Slots.Count > 0);
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_changes.TryGetValue(address, out var change))
        {
            if (change.Slots.TryGetValue(slot, out value))
            {
                return ReadOutcome.Found;
            }

            // An account that only the request makes has no other slots.
            if (_inner.ReadAccount(address, out _) == ReadOutcome.Absent)
            {
                value = default;
                return ReadOutcome.Found;
            }
        }

        return _inner.ReadStorage(address, slot, out value);
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        if (_changes.TryGetValue(address, out var change) && change.Code is { } own)
        {
            code = own;
            return ReadOutcome.Found;
        }

        return _inner.ReadCode(address, codeHash, out code);
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => _inner.ReadBlockHash(number, out hash);

    private sealed class Change(StateOverride wanted)
    {
        public StateOverride Wanted { get; } = wanted;

        public ContractCode? Code { get; } = wanted.Code is { } code ? ContractCode.Of(code.Span) : null;

        public SortedDictionary<UInt256, UInt256> Slots { get; } = SlotsOf(wanted);

        private static SortedDictionary<UInt256, UInt256> SlotsOf(StateOverride wanted)
        {
            var slots = new SortedDictionary<UInt256, UInt256>();
            for (int i = 0; i < wanted.Slots.Count; i++)
            {
                slots[wanted.Slots[i].Key] = wanted.Slots[i].Value;
            }

            return slots;
        }
    }
}
