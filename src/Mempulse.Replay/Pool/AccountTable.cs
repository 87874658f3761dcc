using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>The accounts whose nonces are held or known, and those that the event being applied touched.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
internal sealed class AccountTable
{
    /// <summary>Maximum number of accounts without transactions whose next nonce is kept; beyond it the longest idle is forgotten.</summary>
    public const int MaxIdle = 65_536;

    private readonly EntryLedger _ledger;
    private readonly PoolBounds _bounds;
    private readonly EntryTable<Address, AccountEntry> _accounts;
    private readonly ArrivalList<AccountEntry> _idle = new();
    private readonly AccountLists _lists;
    private readonly List<AccountEntry> _touched = [];

    public AccountTable(EntryLedger ledger, PoolBounds bounds)
    {
        _ledger = ledger;
        _bounds = bounds;
        _accounts = new EntryTable<Address, AccountEntry>(ledger);
        _lists = new AccountLists(_idle);
        ledger.Added(_lists);
    }

    /// <summary>The accounts that the event being applied touched, in the order of their first touch.</summary>
    public ReadOnlySpan<AccountEntry> Touched => CollectionsMarshal.AsSpan(_touched);

    public bool TryFind(in Address address, [NotNullWhen(true)] out AccountEntry? account) => _accounts.TryGet(address, out account);

    /// <summary>Touches an account before it is needed; see <see cref="TxTable.Preload"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ulong Preload(in Address address) => _accounts.TryGet(address, out var account) ? Preload(account) : 0;

    /// <inheritdoc cref="Preload(in Address)"/>
    public static ulong Preload(AccountEntry account) => account.Next ^ (account.Slots.Count > 0 ? account.Slots.NonceAt(0) : 0);

    /// <summary>Records that an account is about to change.</summary>
    public void Changing(AccountEntry account) => _ledger.Changing(account);

    /// <summary>Finds or adds an account and marks it for review.</summary>
    public AccountEntry TouchAccount(in Address address)
    {
        if (!_accounts.TryGet(address, out var account))
        {
            account = new AccountEntry(address);
            _accounts.Add(account);
        }

        Touch(account);
        return account;
    }

    /// <summary>Marks an account whose ready end may move for review at the end of the event.</summary>
    public void Touch(AccountEntry account)
    {
        account.NeedsReview = true;
        TouchIdle(account);
    }

    /// <summary>Marks an account that may have become idle, and whose ready end stays.</summary>
    public void TouchIdle(AccountEntry account)
    {
        if (!account.IsTouched)
        {
            account.IsTouched = true;
            _touched.Add(account);
        }
    }

    /// <summary>Forgets an account's next nonce and marks the account for review.</summary>
    public void ForgetNonce(AccountEntry account)
    {
        if (account.Knowledge != NonceKnowledge.Assumed)
        {
            _ledger.Changing(account);
            account.Next = 0;
            account.Knowledge = NonceKnowledge.Assumed;
            account.KnownAtGap = 0;
            Touch(account);
        }
    }

    /// <summary>Ends the review: accounts that hold no nonce and are not pinned become idle, and the longest idle leave.</summary>
    public void ReleaseTouched()
    {
        foreach (var account in _touched)
        {
            account.IsTouched = false;
            account.NeedsReview = false;
            bool isIdle = account.Slots.Count == 0 && account.Pins == 0;
            if (isIdle != (account.ListOrdinal != 0))
            {
                SetIdle(account, isIdle);
            }
        }

        _touched.Clear();
        while (_idle.Count > _bounds.Idle)
        {
            var oldest = _idle.Oldest!;
            SetIdle(oldest, isIdle: false);
            _accounts.Remove(oldest);
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Save(_lists);
        writer.Save(_accounts);
    }

    public void Restore(ref CheckpointReader reader)
    {
        reader.Values.Expect(PoolTags.AccountLists);
        ulong lastIdle = reader.Values.ReadUInt64();
        reader.Restore(_accounts, AccountEntry.Decode);
        _idle.Restore(_accounts.SortedByKey().Where(static account => account.ListOrdinal != 0), lastIdle);
    }

    /// <summary>Computes the ready ends once the transactions are in their slots.</summary>
    public void RestoreReadyEnds()
    {
        foreach (var account in _accounts.SortedByKey())
        {
            account.ReadyEnd = account.ComputeReadyEnd();
        }
    }

    /// <summary>Every account, in ascending order of address.</summary>
    public IReadOnlyList<AccountEntry> Sorted() => _accounts.SortedByKey();

    /// <summary>Checks the invariants of each account and of the list of idle ones. Walks all of them.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        Invariant.That(_touched.Count == 0, "INV-44", "no account is under review between two events");
        Invariant.That(_idle.Count <= _bounds.Idle, "INV-93", "no more idle accounts are kept than the bound says");
        foreach (var account in _accounts.SortedByKey())
        {
            Invariant.That(account.ReadyEnd == account.ComputeReadyEnd(), "INV-45", "an account's ready end is what its next nonce and its slots make it");
            bool isIdle = account.Slots.Count == 0 && account.Pins == 0;
            Invariant.That(isIdle == (account.ListOrdinal != 0), "INV-47", "an account is idle exactly when it holds no nonce and no block pins it");
            for (int i = 0; i < account.Slots.Count && account.Slots.NonceAt(i) < account.Slots.WaitingFrom; i++)
            {
                Invariant.That(!account.Slots[i].IsWaiting, "INV-98", "no transaction waits below the nonce from which its account looks for one");
            }

            for (int i = 1; i < account.Slots.Count; i++)
            {
                Invariant.That(account.Slots[i - 1].Nonce < account.Slots[i].Nonce, "INV-48", "an account's nonces rise strictly");
            }
        }
    }

    private void SetIdle(AccountEntry account, bool isIdle)
    {
        if (isIdle && account.Knowledge == NonceKnowledge.Assumed)
        {
            _accounts.Remove(account); // nothing is known about it
            return;
        }

        _ledger.Changing(account);
        _ledger.Changing(_lists);
        if (isIdle)
        {
            _idle.Append(account);
        }
        else
        {
            _idle.Remove(account);
        }
    }
}
