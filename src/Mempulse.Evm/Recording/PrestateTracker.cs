using Mempulse.Evm.Execution;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Keeps what a transaction looks at when it looks for the first time, which is before it changes it.</summary>
internal sealed class PrestateTracker(WorldState state)
{
    private readonly SortedDictionary<Address, Seen> _seen = [];

    public void Begin(EvmTransaction transaction, in Address coinbase)
    {
        Look(transaction.Sender);
        Look(transaction.Recipient ?? ContractAddress.OfNonce(transaction.Sender, state.NonceOf(transaction.Sender)));
        Look(coinbase);
        if (transaction.Recipient is { } recipient)
        {
            LookBehind(recipient);
        }

        for (int i = 0; i < transaction.Authorizations.Count; i++)
        {
            if (transaction.Authorizations[i].Authority is { } authority)
            {
                Look(authority);
            }
        }
    }

    public void Enter(FrameRequest request)
    {
        if (request.Kind >= FrameKind.Create)
        {
            Look(request.Target);
        }
    }

    public void Step(ref Machine machine, byte instruction)
    {
        switch (instruction)
        {
            case 0x54 or 0x55 when machine.Sp >= 1: // SLOAD, SSTORE
                LookAtSlot(machine.Frame.Self, machine.Top());
                break;
            case 0x31 or 0x3b or 0x3c or 0x3f or 0xff when machine.Sp >= 1: // BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH, SELFDESTRUCT
                Look(AddressWord.ToAddress(machine.Top()));
                break;
            case 0xf1 or 0xf2 or 0xf4 or 0xfa when machine.Sp >= 6: // CALL, CALLCODE, DELEGATECALL, STATICCALL
                Look(AddressWord.ToAddress(machine.Peek(1)));
                LookBehind(AddressWord.ToAddress(machine.Peek(1)));
                break;
        }
    }

    public Prestate Finish()
    {
        var accounts = new List<TouchedAccount>(_seen.Count);
        foreach (var (address, seen) in _seen)
        {
            var after = Snap(address);
            var account = state.Get(address);
            var slots = new List<SlotChange>(seen.Slots.Count);
            foreach (var (slot, before) in seen.Slots)
            {
                slots.Add(new SlotChange(slot, before, state.StorageOf(address, slot)));
            }

            bool isRemoved = state.IsDestroyedHere(account) && !account.Exists;
            accounts.Add(new TouchedAccount(address, seen.Before, after, isRemoved ? Destruction.Removed : Destruction.None, slots));
        }

        return new Prestate(accounts);
    }

    private void Look(in Address address)
    {
        if (!_seen.ContainsKey(address))
        {
            _seen.Add(address, new Seen(Snap(address), []));
        }
    }

    /// <summary>The account whose code another runs (EIP-7702).</summary>
    private void LookBehind(in Address address)
    {
        if (state.CodeOf(address).TryGetDelegate(out var target))
        {
            Look(target);
        }
    }

    private void LookAtSlot(Account account, in UInt256 key)
    {
        Look(account.Address);
        var slots = _seen[account.Address].Slots;
        if (!slots.ContainsKey(key))
        {
            slots.Add(key, state.StorageOf(account.Address, key));
        }
    }

    private AccountSnapshot Snap(in Address address) => new(state.BalanceOf(address), state.NonceOf(address), state.CodeOf(address));

    private sealed record Seen(AccountSnapshot Before, SortedDictionary<UInt256, UInt256> Slots);
}
