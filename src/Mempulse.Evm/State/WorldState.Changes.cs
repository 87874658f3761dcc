using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>State changes, each with a journal entry.</summary>
public sealed partial class WorldState
{
    private ForkRules? _warmPrecompiles;

    /// <summary>Marks the account as accessed; true when it was cold (EIP-2929).</summary>
    internal bool WarmAccount(Account account)
    {
        if (account.WarmIn == _transaction || (account.SmallNumber != 0 && IsWarmPrecompile(account.SmallNumber)))
        {
            return false;
        }

        account.WarmIn = _transaction;
        Record(JournalKind.AccountWarmed, account);
        return true;
    }

    /// <summary>Marks the slot as accessed; true when it was cold (EIP-2929).</summary>
    internal bool WarmSlot(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.WarmIn == _transaction)
        {
            return false;
        }

        slot.WarmIn = _transaction;
        Record(new JournalEntry(JournalKind.SlotWarmed, null, index, default, null));
        return true;
    }

    /// <summary>Marks the account as touched: it is removed at the end of the transaction if it is empty then (EIP-161).</summary>
    internal void Touch(Account account)
    {
        if (account.TouchedIn != _transaction)
        {
            account.TouchedIn = _transaction;
            Record(JournalKind.AccountTouched, account);
        }
    }

    /// <summary>Touches the account and makes it exist, even if empty.</summary>
    internal void EnsureExists(Account account)
    {
        Touch(account);
        if (!account.Exists)
        {
            account.Exists = true;
            Record(JournalKind.AccountAppeared, account);
        }
    }

    /// <summary>Marks the account as a contract created in this transaction.</summary>
    internal void Create(Account account)
    {
        EnsureExists(account);
        Record(new JournalEntry(JournalKind.AccountCreated, account, 0, account.CreatedIn, null));
        account.CreatedIn = _transaction;
    }

    /// <summary>Marks the account for removal at the end of the transaction.</summary>
    internal void Destroy(Account account)
    {
        if (account.DestroyedIn != _transaction)
        {
            account.DestroyedIn = _transaction;
            Record(JournalKind.AccountDestroyed, account);
        }
    }

    internal void SetBalance(Account account, in UInt256 balance)
    {
        EnsureExists(account);
        Record(new JournalEntry(JournalKind.BalanceChanged, account, 0, account.Balance, null));
        account.Balance = balance;
    }

    /// <summary>Adds wei, wrapping: only a fabricated state can exceed 2^256 wei.</summary>
    internal void AddBalance(Account account, in UInt256 amount)
    {
        UInt256.AddWrapping(account.Balance, amount, out var sum);
        SetBalance(account, sum);
    }

    /// <summary>Subtracts wei; the caller has checked the balance.</summary>
    internal void SubtractBalance(Account account, in UInt256 amount) => SetBalance(account, account.Balance - amount);

    internal void SetNonce(Account account, ulong nonce)
    {
        EnsureExists(account);
        Record(new JournalEntry(JournalKind.NonceChanged, account, 0, account.Nonce, null));
        account.Nonce = nonce;
    }

    internal void SetCode(Account account, ContractCode code)
    {
        EnsureExists(account);
        Record(new JournalEntry(JournalKind.CodeChanged, account, 0, default, CodeOf(account)));
        account.Code = code;
        account.CodeHash = code.Hash;
    }

    internal void SetSlot(int index, in UInt256 value)
    {
        ref var slot = ref _slots[index];
        Record(new JournalEntry(JournalKind.SlotChanged, null, index, slot.Current, null));
        slot.Current = value;
    }

    /// <summary>Reads transient storage (EIP-1153).</summary>
    internal UInt256 Transient(Account account, in UInt256 key)
    {
        int index = _transient.Find(account.Index, key);
        return index < 0 ? default : _transient[index].Current;
    }

    /// <summary>Writes transient storage (EIP-1153).</summary>
    internal void SetTransient(Account account, in UInt256 key, in UInt256 value)
    {
        int index = _transient.Find(account.Index, key);
        if (index < 0)
        {
            index = _transient.Add(account.Index, key);
        }

        ref var slot = ref _transient[index];
        Record(new JournalEntry(JournalKind.TransientChanged, null, index, slot.Current, null));
        slot.Current = value;
    }

    /// <summary>Makes the precompiles of the fork warm without reading them.</summary>
    internal void WarmPrecompiles(ForkRules rules) => _warmPrecompiles = rules;

    internal void Log(LogEntry log) => _logs.Add(log);

    private bool IsWarmPrecompile(int number) => _warmPrecompiles is { } rules && rules.IsPrecompile(number);

    private void Record(JournalKind kind, Account account) => Record(new JournalEntry(kind, account, 0, default, null));

    private void Record(in JournalEntry entry)
    {
        if (_journalLength == _journal.Length)
        {
            Array.Resize(ref _journal, _journal.Length * 2);
        }

        _journal[_journalLength++] = entry;
    }
}
