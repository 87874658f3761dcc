using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A state reader that applies changes to another reader.</summary>
/// <remarks>
/// Also reads changed accounts from the underlying reader, so an account missing there is missing here. Immutable; as thread-safe as the underlying
/// reader.
/// </remarks>
public sealed class ChangedState : IStateReader
{
    private readonly IStateReader _before;
    private readonly SortedDictionary<Address, AccountChange> _accounts = [];
    private readonly SortedDictionary<(Address Address, UInt256 Slot), UInt256> _slots = [];

    /// <summary>Applies <paramref name="changes"/> to <paramref name="before"/>; the last one wins for equal addresses.</summary>
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

            // An account created by the change has no other slots.
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
