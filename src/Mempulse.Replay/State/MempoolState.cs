using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>Everything the lifecycle rules remember: tables, lists and the digest over them. Confined to the fold's thread.</summary>
internal sealed partial class MempoolState
{
    /// <summary>Most transactions that wait; beyond it the oldest expires.</summary>
    public const int MaxWaitingTxs = 524_288;

    /// <summary>Most settled transactions kept for their retention; beyond it the oldest leaves early.</summary>
    public const int MaxSettledTxs = 131_072;

    /// <summary>Most accounts without transactions whose next nonce is kept.</summary>
    public const int MaxIdleAccounts = 65_536;

    /// <summary>Most settled transactions remembered by hash alone, so that late duplicates change nothing.</summary>
    public const int MaxSettledHashes = 262_144;

    private const int StateCount = (int)TxState.Expired + 1;

    private readonly DigestLedger _ledger;
    private readonly LookupTable<Hash256, TxEntry> _txs = new();
    private readonly LookupTable<Address, AccountEntry> _accounts = new();
    private readonly LookupTable<Hash256, SettledHash> _settledHashes = new();
    private readonly ArrivalList<SettledHash> _settledHashOrder = new();
    private readonly ArrivalList<AccountEntry> _idleAccounts = new();
    private readonly List<AccountEntry> _touched = [];
    private readonly Stack<TxEntry> _unusedTxs = new();
    private SettledHash? _unusedSettled;
    private readonly int[] _countByState = new int[StateCount];

    public MempoolState(ChainEntry chain)
    {
        Chain = chain;
        _ledger = new DigestLedger();
        Sources = new SourceTable(_ledger);
    }

    /// <summary>What is known once.</summary>
    public ChainEntry Chain { get; }

    /// <summary>Who shows transactions.</summary>
    public SourceTable Sources { get; }

    /// <summary>The canonical blocks above finality.</summary>
    public CanonicalWindow Window { get; } = new();

    /// <summary>Waiting transactions, the longest waiting first.</summary>
    public ArrivalList<TxEntry> Waiting { get; } = new();

    /// <summary>Settled transactions in the order they settled.</summary>
    public ArrivalList<TxEntry> Settled { get; } = new();

    /// <summary>The accounts whose ready end the event being applied may have moved, in the order of their first touch.</summary>
    public IReadOnlyList<AccountEntry> Touched => _touched;

    /// <summary>Transactions held.</summary>
    public int TxCount => _txs.Count;

    /// <summary>The canonical head; null before the first block and after a reorg below all known blocks.</summary>
    public ChainHead? Head => Window.Top is { } top ? new ChainHead(top.Number, top.Hash, top.TimestampSeconds)
        : Chain.Final is { } final ? new ChainHead(final, Chain.FinalHash, Chain.FinalTimeSeconds)
        : null;

    public bool TryFind(in Hash256 hash, [NotNullWhen(true)] out TxEntry? entry) => _txs.TryGet(hash, out entry);

    public bool TryFindSettled(in Hash256 hash, [NotNullWhen(true)] out SettledHash? entry) => _settledHashes.TryGet(hash, out entry);

    public int CountOf(TxState state) => _countByState[(int)state];

    /// <summary>Records that an entry changed.</summary>
    public void Changed(DigestedEntry entry) => _ledger.Mark(entry);

    /// <summary>Keeps the counts by state; Unknown is not counted.</summary>
    public void Moved(TxState from, TxState to)
    {
        _countByState[(int)from]--;
        _countByState[(int)to]++;
        _countByState[(int)TxState.Unknown] = 0;
    }

    /// <summary>Takes a transaction up that was not held. It is in no list and not counted yet.</summary>
    public TxEntry Admit(in Hash256 hash, in RecordView fact)
    {
        var entry = TakeUnused(hash);
        entry.FirstSeq = fact.Seq;
        entry.FirstAt = fact.Timestamp;
        _txs.Add(hash, entry);
        Changed(entry);
        return entry;
    }

    /// <summary>Starts a transaction's wait, or starts it again.</summary>
    public void BeginWait(TxEntry entry)
    {
        entry.WaitsSince = Chain.TimeSeconds;
        Waiting.Append(entry);
        Changed(entry);
    }

    /// <summary>Puts a transaction whose life has just ended among the settled.</summary>
    public void BeginRetention(TxEntry entry)
    {
        entry.SettledAt = Head?.Number.Value ?? 0;
        Settled.Append(entry);
        Changed(entry);
    }

    /// <summary>Takes a block that left the window out of the digest.</summary>
    public void Remove(CanonicalBlock block) => _ledger.Remove(block);

    /// <summary>Lets a settled transaction go and remembers its hash.</summary>
    public void Leave(TxEntry entry)
    {
        var state = entry.State;
        Settled.Remove(entry);
        _txs.Remove(entry.Hash);
        _ledger.Remove(entry);
        Moved(state, TxState.Unknown);
        RememberSettled(entry.Hash, state);
        if (entry.Account is { } account && account.Slots.Release(entry))
        {
            Touch(account);
        }

        _unusedTxs.Push(entry);
    }

    /// <summary>Forgets the hash of a settled transaction that a block brought back.</summary>
    public void ForgetSettled(SettledHash settled)
    {
        _settledHashOrder.Remove(settled);
        _settledHashes.Remove(settled.Hash);
        _ledger.Remove(settled);
        _unusedSettled = settled;
    }

    /// <summary>The account, taken up if it was not held, and marked for review.</summary>
    public AccountEntry TouchAccount(in Address address)
    {
        if (!_accounts.TryGet(address, out var account))
        {
            account = new AccountEntry(address);
            _accounts.Add(address, account);
            Changed(account);
        }

        Touch(account);
        return account;
    }

    /// <summary>Marks an account for review at the end of the event.</summary>
    public void Touch(AccountEntry account)
    {
        if (!account.IsTouched)
        {
            account.IsTouched = true;
            _touched.Add(account);
        }
    }

    /// <summary>Ends the review: accounts with nothing to hold on to become idle, and the longest idle leave.</summary>
    public void ReleaseTouched()
    {
        foreach (var account in _touched)
        {
            account.IsTouched = false;
            bool isIdle = account.Slots.Count == 0 && account.Pins == 0;
            if (isIdle != (account.ListOrdinal != 0))
            {
                SetIdle(account, isIdle);
            }
        }

        _touched.Clear();
        while (_idleAccounts.Count > MaxIdleAccounts)
        {
            Drop(_idleAccounts.Oldest!);
        }
    }

    /// <summary>The digest of all entries.</summary>
    public StateDigest Digest()
    {
        Chain.LastOrdinals = CurrentOrdinals();
        return _ledger.Sum().Plus(_ledger.DigestOf(Chain));
    }

    private ListOrdinals CurrentOrdinals() =>
        new(Waiting.LastOrdinal, Settled.LastOrdinal, _settledHashOrder.LastOrdinal, _idleAccounts.LastOrdinal, Sources.LastOrdinal);

    private void SetIdle(AccountEntry account, bool isIdle)
    {
        if (!isIdle)
        {
            _idleAccounts.Remove(account);
            Changed(account);
        }
        else if (account.Knowledge == NonceKnowledge.Assumed)
        {
            _accounts.Remove(account.Address);
            _ledger.Remove(account);
        }
        else
        {
            _idleAccounts.Append(account);
            Changed(account);
        }
    }

    private void Drop(AccountEntry account)
    {
        _idleAccounts.Remove(account);
        _accounts.Remove(account.Address);
        _ledger.Remove(account);
    }

    private TxEntry TakeUnused(in Hash256 hash)
    {
        if (!_unusedTxs.TryPop(out var entry))
        {
            return new TxEntry(hash);
        }

        entry.Reuse(hash);
        return entry;
    }

    private void RememberSettled(in Hash256 hash, TxState state)
    {
        if (_settledHashOrder.Count == MaxSettledHashes)
        {
            ForgetSettled(_settledHashOrder.Oldest!);
        }

        var settled = _unusedSettled ?? new SettledHash();
        _unusedSettled = null;
        settled.Begin(hash, state);
        _settledHashOrder.Append(settled);
        _settledHashes.Add(settled.Hash, settled);
        Changed(settled);
    }
}
