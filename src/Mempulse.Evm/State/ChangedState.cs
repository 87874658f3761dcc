using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A state with some accounts changed. What is not changed is asked of the state behind it, and so is every account that is, so that what is missing there is missing here.</summary>
/// <remarks>Never changes; as safe for threads as the state behind it.</remarks>
public sealed class ChangedState : IStateReader
{
    private readonly IStateReader _before;
    private readonly SortedDictionary<Address, AccountChange> _accounts = [];
    private readonly SortedDictionary<(Address Address, UInt256 Slot), UInt256> _slots = [];

    /// <summary>The state <paramref name="before"/> with <paramref name="changes"/>; of two about one account the last counts.</summary>
    public ChangedState(IStateReader before, IReadOnlyList<AccountChange> changes)
    {
        _before = before;
        for (int i = 0; i < changes.Count; i++)
        {
            _accounts[changes[i].Address] = changes[i];
        }

        foreach (var (address, change) in _accounts)
        {
            for (int i = 0; i < change.Slots.Count; i++)
            {
                _slots[(address, change.Slots[i].Key)] = change.Slots[i].Value;
            }
        }
    }

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        var outcome = _before.ReadAccount(address, out account);
        if (outcome == ReadOutcome.Missing || !_accounts.TryGetValue(address, out var change))
        {
            return outcome;
        }

        var was = outcome == ReadOutcome.Found ? account : new AccountRecord(default, 0, Keccak256.OfNothing, HasStorage: false);
        account = new AccountRecord(
            change.Balance ?? was.Balance,
            change.Nonce ?? was.Nonce,
            change.Code?.Hash ?? was.CodeHash,
            (change.KeepsStorage && was.HasStorage) || change.Slots.Count > 0);
        return change.Exists ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_accounts.TryGetValue(address, out var change))
        {
            if (_slots.TryGetValue((address, slot), out value))
            {
                return ReadOutcome.Found;
            }

            // An account that only the change makes has no other slots.
            if (!change.KeepsStorage || _before.ReadAccount(address, out _) == ReadOutcome.Absent)
            {
                value = default;
                return ReadOutcome.Found;
            }
        }

        return _before.ReadStorage(address, slot, out value);
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        if (_accounts.TryGetValue(address, out var change) && change.Code is { } own)
        {
            code = own;
            return ReadOutcome.Found;
        }

        return _before.ReadCode(address, codeHash, out code);
    }

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => _before.ReadBlockHash(number, out hash);
}
