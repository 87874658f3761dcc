using Mempulse.Evm.Execution;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Records each account and slot at its first access in a transaction, which precedes any change to it.</summary>
internal sealed class PrestateTracker(WorldState state)
{
    private readonly SortedDictionary<Address, Tracked> _tracked = [];

    public void Begin(EvmTransaction transaction, in Address coinbase)
    {
        Track(transaction.Sender);
        Track(transaction.Recipient ?? ContractAddress.OfNonce(transaction.Sender, state.NonceOf(transaction.Sender)));
        Track(coinbase);
        if (transaction.Recipient is { } recipient)
        {
            TrackDelegate(recipient);
        }

        for (int i = 0; i < transaction.Authorizations.Count; i++)
        {
            if (transaction.Authorizations[i].Authority is { } authority)
            {
                Track(authority);
            }
        }
    }

    public void Enter(FrameRequest request)
    {
        if (request.Kind >= FrameKind.Create)
        {
            Track(request.Target);
        }
    }

    public void Step(ref Machine machine, byte instruction)
    {
        switch (instruction)
        {
            case 0x54 or 0x55 when machine.Sp >= 1: // SLOAD, SSTORE
                TrackSlot(machine.Frame.Self, machine.Top());
                break;
            case 0x31 or 0x3b or 0x3c or 0x3f or 0xff when machine.Sp >= 1: // BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT
                Track(AddressWord.ToAddress(machine.Top()));
                break;
            case 0xf1 or 0xf2 or 0xf4 or 0xfa when machine.Sp >= 6: // CALL, CALLCODE, DELEGATECALL, STATICCALL
                Track(AddressWord.ToAddress(machine.Peek(1)));
                TrackDelegate(AddressWord.ToAddress(machine.Peek(1)));
                break;
        }
    }

    public Prestate Finish()
    {
        var accounts = new List<TouchedAccount>(_tracked.Count);
        foreach (var (address, tracked) in _tracked)
        {
            var after = TakeSnapshot(address);
            var account = state.Get(address);
            var slots = new List<SlotChange>(tracked.Slots.Count);
            foreach (var (slot, before) in tracked.Slots)
            {
                slots.Add(new SlotChange(slot, before, state.StorageOf(address, slot)));
            }

            bool isRemoved = state.IsDestroyedInTransaction(account) && !account.Exists;
            accounts.Add(new TouchedAccount(address, tracked.Before, after, isRemoved ? Destruction.Removed : Destruction.None, slots));
        }

        return new Prestate(accounts);
    }

    private void Track(in Address address)
    {
        if (!_tracked.ContainsKey(address))
        {
            _tracked.Add(address, new Tracked(TakeSnapshot(address), []));
        }
    }

    /// <summary>Tracks the delegate of an account (EIP-7702).</summary>
    private void TrackDelegate(in Address address)
    {
        if (state.CodeOf(address).TryGetDelegate(out var target))
        {
            Track(target);
        }
    }

    private void TrackSlot(Account account, in UInt256 key)
    {
        Track(account.Address);
        var slots = _tracked[account.Address].Slots;
        if (!slots.ContainsKey(key))
        {
            slots.Add(key, state.StorageOf(account.Address, key));
        }
    }

    private AccountSnapshot TakeSnapshot(in Address address) => new(state.BalanceOf(address), state.NonceOf(address), state.CodeOf(address));

    private sealed record Tracked(AccountSnapshot Before, SortedDictionary<UInt256, UInt256> Slots);
}
