using System.Diagnostics;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Snapshots, and the start and end of transactions.</summary>
public sealed partial class WorldState
{
    /// <summary>The precompile that stays touched after a failed call, as happened on mainnet in block 2,675,119 (EIP-161).</summary>
    private const int Ripemd160Number = 3;

    private Account? _stickyTouch;

    /// <summary>Returns a point to revert to.</summary>
    internal Snapshot TakeSnapshot() => new(_journalLength, _logs.Count, Refund);

    /// <summary>Reverts all changes since the snapshot.</summary>
    internal void Revert(in Snapshot snapshot)
    {
        while (_journalLength > snapshot.JournalLength)
        {
            Undo(_journal[--_journalLength]);
        }

        _logs.RemoveRange(snapshot.LogCount, _logs.Count - snapshot.LogCount);
        Refund = snapshot.Refund;
    }

    /// <summary>Starts a transaction: resets access lists, transient storage, logs and the refund counter.</summary>
    internal void BeginTransaction()
    {
        _transaction++;
        _journalLength = 0;
        _logs.Clear();
        _transient.Clear();
        _stickyTouch = null;
        Refund = 0;
    }

    /// <summary>Ends a transaction: removes destroyed accounts and, since EIP-161, touched empty accounts.</summary>
    internal void EndTransaction(ForkRules rules)
    {
        if (rules.ClearsEmptyAccounts)
        {
            for (int i = 0; i < _journalLength; i++)
            {
                if (_journal[i].Kind == JournalKind.AccountTouched)
                {
                    RemoveIfEmpty(_journal[i].Account!);
                }
            }

            if (_stickyTouch is not null)
            {
                RemoveIfEmpty(_stickyTouch);
            }
        }

        for (int i = 0; i < _journalLength; i++)
        {
            if (_journal[i].Kind == JournalKind.AccountDestroyed)
            {
                Remove(_journal[i].Account!);
            }
        }

        _journalLength = 0;
    }

    /// <summary>Returns the current image of every account that the run has read, by ascending address.</summary>
    public IReadOnlyList<AccountImage> Images()
    {
        var images = new List<AccountImage>(_accounts.Count);
        for (int i = 0; i < _accounts.Count; i++)
        {
            images.Add(Image(_accounts[i]));
        }

        images.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        return images;
    }

    private AccountImage Image(Account account)
    {
        var slots = new List<KeyValuePair<UInt256, UInt256>>();
        for (int i = account.FirstSlot; i >= 0; i = _slots[i].NextOfAccount)
        {
            slots.Add(new(_slots[i].Key, _slots[i].Current));
        }

        slots.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        return new AccountImage(
            account.Address, account.Exists, account.Balance, account.Nonce, account.CodeHash, account.Code, account.ReadsStorage, slots);
    }

    private void RemoveIfEmpty(Account account)
    {
        if (account.Exists && account.IsEmpty)
        {
            Remove(account);
        }
    }

    private void Remove(Account account)
    {
        account.Erase();
        for (int i = account.FirstSlot; i >= 0; i = _slots[i].NextOfAccount)
        {
            _slots[i].Current = default;
        }
    }

    private void Undo(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.AccountWarmed:
                entry.Account!.WarmIn = 0;
                break;
            case JournalKind.AccountTouched:
                entry.Account!.TouchedIn = 0;
                _stickyTouch = entry.Account.SmallNumber == Ripemd160Number ? entry.Account : _stickyTouch;
                break;
            case JournalKind.AccountCreated:
                entry.Account!.CreatedIn = (uint)entry.Previous.LowUInt64;
                break;
            case JournalKind.AccountAppeared:
                entry.Account!.Exists = false;
                break;
            case JournalKind.AccountDestroyed:
                entry.Account!.DestroyedIn = 0;
                break;
            case JournalKind.BalanceChanged:
                entry.Account!.Balance = entry.Previous;
                break;
            case JournalKind.NonceChanged:
                entry.Account!.Nonce = entry.Previous.LowUInt64;
                break;
            case JournalKind.CodeChanged:
                entry.Account!.Code = entry.PreviousCode;
                entry.Account.CodeHash = entry.PreviousCode!.Hash;
                break;
            case JournalKind.SlotWarmed:
                _slots[entry.SlotIndex].WarmIn = 0;
                break;
            case JournalKind.SlotChanged:
                _slots[entry.SlotIndex].Current = entry.Previous;
                break;
            case JournalKind.TransientChanged:
                _transient[entry.SlotIndex].Current = entry.Previous;
                break;
            default:
                throw new UnreachableException();
        }
    }
}
