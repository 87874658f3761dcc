using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The journaled state of a run: the values from the reader and all changes since, which can be reverted to any snapshot.</summary>
/// <remarks>
/// Confined to one thread. Reusable after <see cref="Reset"/>, with its tables at full size, so a warm run allocates almost nothing. When a read hits
/// missing state, <see cref="Gap"/> names it, reads return zeros, and the run ends at its next check.
/// </remarks>
public sealed partial class WorldState
{
    private readonly AccountTable _accounts = new();
    private readonly SlotTable _slots = new();
    private readonly SlotTable _transient = new();
    private readonly List<LogEntry> _logs = [];
    private JournalEntry[] _journal = new JournalEntry[256];
    private int _journalLength;
    private IStateReader _reader;
    private uint _transaction = 1;

    /// <summary>Creates a state over <paramref name="reader"/>.</summary>
    public WorldState(IStateReader reader) => _reader = reader;

    /// <summary>The first missing part of the state; null when nothing was missing.</summary>
    public StateGap? Gap { get; private set; }

    /// <summary>Logs of the current transaction.</summary>
    public IReadOnlyList<LogEntry> Logs => _logs;

    /// <summary>Refund counter of the current transaction, in gas.</summary>
    internal long Refund { get; set; }

    /// <summary>Discards everything and starts over with <paramref name="reader"/>.</summary>
    public void Reset(IStateReader reader)
    {
        _reader = reader;
        _accounts.Clear();
        _slots.Clear();
        Gap = null;
        _transaction = 0;
        BeginTransaction();
    }

    /// <summary>Returns the balance in wei.</summary>
    public UInt256 BalanceOf(in Address address) => Get(address).Balance;

    /// <summary>Returns the nonce.</summary>
    public ulong NonceOf(in Address address) => Get(address).Nonce;

    /// <summary>Returns the current value of a slot.</summary>
    public UInt256 StorageOf(in Address address, in UInt256 slot) => Slot(Get(address), slot).Current;

    /// <summary>Returns the code.</summary>
    public ContractCode CodeOf(in Address address) => CodeOf(Get(address));

    /// <summary>Returns the account; reads it on first use.</summary>
    internal Account Get(in Address address) => _accounts.Find(address) ?? Read(address);

    /// <summary>Returns the code of the account; reads it on first use.</summary>
    internal ContractCode CodeOf(Account account) => account.Code ?? ReadCode(account);

    /// <summary>Returns the slot with its original value in this transaction; reads it on first use.</summary>
    internal ref StorageSlot Slot(Account account, in UInt256 key) => ref _slots[SlotIndex(account, key)];

    /// <summary>Returns the index of the slot, which stays valid; a reference to the entry does not once another slot is added.</summary>
    internal int SlotIndex(Account account, in UInt256 key)
    {
        int index = _slots.Find(account.Index, key);
        if (index < 0)
        {
            index = ReadSlot(account, key);
        }

        ref var slot = ref _slots[index];
        if (slot.OriginalIn != _transaction)
        {
            slot.Original = slot.Current;
            slot.OriginalIn = _transaction;
        }

        return index;
    }

    internal ref StorageSlot SlotAt(int index) => ref _slots[index];

    /// <summary>Returns the hash of a recent block; zero with <see cref="Gap"/> set when it is missing.</summary>
    internal Hash256 BlockHash(ulong number)
    {
        if (_reader.ReadBlockHash(number, out var hash) == ReadOutcome.Missing)
        {
            Gap ??= new StateGap.OfBlockHash(number);
        }

        return hash;
    }

    internal bool IsCreatedInTransaction(Account account) => account.CreatedIn == _transaction;

    internal bool IsDestroyedInTransaction(Account account) => account.DestroyedIn == _transaction;

    private Account Read(in Address address)
    {
        var account = _accounts.Add(address);
        switch (_reader.ReadAccount(address, out var record))
        {
            case ReadOutcome.Found:
                account.Fill(record);
                break;
            case ReadOutcome.Missing:
                Gap ??= new StateGap.OfAccount(address);
                break;
        }

        return account;
    }

    private ContractCode ReadCode(Account account)
    {
        if (_reader.ReadCode(account.Address, account.CodeHash, out var code) != ReadOutcome.Found || code is null)
        {
            Gap ??= new StateGap.OfCode(account.Address, account.CodeHash);
            return ContractCode.Empty;
        }

        account.Code = code;
        return code;
    }

    private int ReadSlot(Account account, in UInt256 key)
    {
        UInt256 value = default;
        if (account.ReadsStorage && _reader.ReadStorage(account.Address, key, out value) == ReadOutcome.Missing)
        {
            Gap ??= new StateGap.OfSlot(account.Address, key);
        }

        int index = _slots.Add(account.Index, key);
        ref var slot = ref _slots[index];
        slot.Current = value;
        slot.NextOfAccount = account.FirstSlot;
        account.FirstSlot = index;
        return index;
    }
}
