using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A state with what a run changed in it, for the next run to begin with.</summary>
internal sealed class ChangedState : IStateReader
{
    private readonly IStateReader _before;
    private readonly Dictionary<Address, AccountImage> _accounts;
    private readonly Dictionary<(Address, UInt256), UInt256> _slots = [];

    public ChangedState(IStateReader before, IReadOnlyList<AccountImage> images)
    {
        _before = before;
        _accounts = images.ToDictionary(image => image.Address);
        foreach (var image in images)
        {
            foreach (var (key, value) in image.Slots)
            {
                _slots.Add((image.Address, key), value);
            }
        }
    }

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        if (!_accounts.TryGetValue(address, out var image))
        {
            return _before.ReadAccount(address, out account);
        }

        account = new AccountRecord(image.Balance, image.Nonce, image.CodeHash, image.Slots.Count != 0);
        return image.Exists ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        if (_slots.TryGetValue((address, slot), out value) || (_accounts.TryGetValue(address, out var image) && !image.KeepsStorage))
        {
            return ReadOutcome.Found;
        }

        return _before.ReadStorage(address, slot, out value);
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        if (_accounts.TryGetValue(address, out var image) && image.Code is { } changed)
        {
            code = changed;
            return ReadOutcome.Found;
        }

        return _before.ReadCode(address, codeHash, out code);
    }

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => _before.ReadBlockHash(number, out hash);
}
