using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The state of a run: what the reader told, with every change since, each of which can be taken back.</summary>
/// <remarks>
/// Confined to one thread. Used again for the next run after <see cref="Reset"/>, with its tables as large as they grew: a warm run allocates
/// next to nothing. When the reader does not know something, <see cref="Gap"/> names it, reads give zeros and the run ends at its next check.
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

    /// <summary>A run over what <paramref name="reader"/> knows.</summary>
    public WorldState(IStateReader reader) => _reader = reader;

    /// <summary>The first thing the reader did not know; null while it knew everything.</summary>
    public StateGap? Gap { get; private set; }

    /// <summary>Logs of the present transaction.</summary>
    public IReadOnlyList<LogEntry> Logs => _logs;

    /// <summary>Refund counter of the present transaction, in gas.</summary>
    internal long Refund { get; set; }

    /// <summary>Forgets everything and starts over.</summary>
    public void Reset(IStateReader reader)
    {
        _reader = reader;
        _accounts.Clear();
        _slots.Clear();
        Gap = null;
        _transaction = 0;
        BeginTransaction();
    }

    /// <summary>Balance in wei.</summary>
    public UInt256 BalanceOf(in Address address) => Get(address).Balance;

    /// <summary>Nonce.</summary>
    public ulong NonceOf(in Address address) => Get(address).Nonce;

    /// <summary>Present value of a slot.</summary>
    public UInt256 StorageOf(in Address address, in UInt256 slot) => Slot(Get(address), slot).Current;

    /// <summary>Code.</summary>
    public ContractCode CodeOf(in Address address) => CodeOf(Get(address));

    /// <summary>The account, asked for when it is seen for the first time.</summary>
    internal Account Get(in Address address) => _accounts.Find(address) ?? Read(address);

    /// <summary>The code of the account, asked for when it is wanted for the first time.</summary>
    internal ContractCode CodeOf(Account account) => account.Code ?? ReadCode(account);

    /// <summary>The slot, asked for when it is seen for the first time, with its original value of this transaction.</summary>
    internal ref StorageSlot Slot(Account account, in UInt256 key) => ref _slots[SlotIndex(account, key)];

    /// <summary>The index of the slot, which stays; the entry itself may move when others are added.</summary>
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

    /// <summary>The hash of a recent block; zero where it is not known, with <see cref="Gap"/> set.</summary>
    internal Hash256 BlockHash(ulong number)
    {
        if (_reader.ReadBlockHash(number, out var hash) == ReadOutcome.Missing)
        {
            Gap ??= new StateGap.OfBlockHash(number);
        }

        return hash;
    }

    internal bool IsCreatedHere(Account account) => account.CreatedIn == _transaction;

    internal bool IsDestroyedHere(Account account) => account.DestroyedIn == _transaction;

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
