using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>The markets, their reserves and accounts. Where there is no more room, the account that borrowed or changed the longest ago leaves.</summary>
internal sealed class MarketTables
{
    private readonly EntryLedger _ledger;
    private readonly EntryTable<Address, MarketEntry> _markets;
    private readonly EntryTable<PoolKey, ReserveEntry> _reserves;
    private readonly EntryTable<PoolKey, AccountEntry> _accounts;
    private readonly ArrivalList<AccountEntry> _used = new();
    private readonly SortedDictionary<PoolKey, AccountEntry> _held = [];
    private readonly LookupTable<Address, ContractOwner> _tokens = new();
    private readonly SortedSet<PoolKey> _changed = [];
    private readonly int _maxAccounts;

    public MarketTables(EntryLedger ledger, int maxAccounts)
    {
        (_ledger, _maxAccounts) = (ledger, maxAccounts);
        _markets = new EntryTable<Address, MarketEntry>(ledger);
        _reserves = new EntryTable<PoolKey, ReserveEntry>(ledger);
        _accounts = new EntryTable<PoolKey, AccountEntry>(ledger);
    }

    /// <summary>The markets, in ascending order.</summary>
    public IReadOnlyList<MarketEntry> Markets { get; private set; } = [];

    /// <summary>Number of markets whose state is known.</summary>
    public int HeldMarkets => Markets.Count(static market => market.IsHeld);

    /// <summary>Number of accounts, whatever is known of them.</summary>
    public int AccountCount => _accounts.Count;

    /// <summary>Number of accounts whose state is known.</summary>
    public int HeldAccounts => _held.Count;

    /// <summary>The accounts, markets and feeds whose state or answer changed, came or went since <see cref="ClearChanges"/>, in ascending order.</summary>
    public IReadOnlyList<PoolKey> Changed => _changed.Count == 0 ? [] : [.. _changed];

    public void ClearChanges() => _changed.Clear();

    public bool TryGetMarket(in Address market, [NotNullWhen(true)] out MarketEntry? entry) => _markets.TryGet(market, out entry);

    public bool TryGetReserve(in PoolKey key, [NotNullWhen(true)] out ReserveEntry? entry) => _reserves.TryGet(key, out entry);

    public bool TryGetAccount(in PoolKey key, [NotNullWhen(true)] out AccountEntry? entry) => _accounts.TryGet(key, out entry);

    /// <summary>The market that a contract is, or is a token of.</summary>
    public bool TryGetOwner(in Address contract, out Address market)
    {
        bool isOwned = _tokens.TryGet(contract, out var owner);
        market = isOwned ? owner!.Market : contract;
        return isOwned || _markets.TryGet(contract, out _);
    }

    public IReadOnlyList<AccountEntry> AccountsByKey() => _accounts.SortedByKey();

    public IReadOnlyList<ReserveEntry> ReservesByKey() => _reserves.SortedByKey();

    /// <summary>The accounts of a market whose state is known, in ascending order.</summary>
    public IEnumerable<AccountEntry> HeldOf(Address market) =>
        _held.Where(held => held.Key.Contract == market).Select(static held => held.Value);

    /// <summary>Watches a market.</summary>
    public void Ask(LendingContract market)
    {
        if (_markets.TryGet(market.Contract, out var known))
        {
            if (known.Oracle == market.Oracle && known.Form == market.Form)
            {
                return;
            }

            Forget(known); // a later registry names another oracle or form
            foreach (var account in HeldOf(market.Contract).ToArray())
            {
                Forget(account);
            }

            _markets.Remove(known);
        }

        _markets.Add(new MarketEntry(market.Contract, market.Form, market.Oracle));
        Markets = _markets.SortedByKey();
    }

    /// <summary>Watches an account. It becomes the one that is used last.</summary>
    /// <returns>The number of accounts that left for it.</returns>
    public int Ask(in PoolKey key)
    {
        if (_accounts.TryGet(key, out var known))
        {
            Use(known);
            return 0;
        }

        var account = new AccountEntry(key);
        _used.Append(account);
        _accounts.Add(account);
        int left = 0;
        for (; _accounts.Count > _maxAccounts && _used.Oldest is { } oldest; left++)
        {
            Leave(oldest);
        }

        return left;
    }

    /// <summary>The state of an account changed: it is to be read, and is the one that is used last.</summary>
    public void Touch(AccountEntry account)
    {
        Use(account);
        Forget(account);
    }

    /// <summary>Takes what was read of an account.</summary>
    public void Observe(AccountEntry account, AccountState state, BlockNumber at, bool isProven)
    {
        _ledger.Changing(account);
        account.Observe(state, at, isProven);
        _held[account.Key] = account;
        Note(account.Key);
    }

    /// <summary>Takes what was read of an account of Compound V3.</summary>
    public void Observe(AccountEntry account, CompoundAccount state, BlockNumber at, bool isProven)
    {
        _ledger.Changing(account);
        account.Observe(state, at, isProven);
        _held[account.Key] = account;
        Note(account.Key);
    }

    /// <summary>Nothing is known of an account any more.</summary>
    public void Forget(AccountEntry account)
    {
        if (account.IsHeld)
        {
            _ledger.Changing(account);
            account.Forget();
            _held.Remove(account.Key);
            Note(account.Key);
        }
    }

    /// <summary>Nothing is known any more of the accounts of a market that are in an efficiency mode.</summary>
    public void ForgetMode(Address market, ulong mode)
    {
        foreach (var account in HeldOf(market).Where(account => account.State.CategoryNumber == mode).ToArray())
        {
            Forget(account);
        }
    }

    /// <summary>Takes what was read of a market, in place of what was known.</summary>
    public void Observe(MarketEntry market, MarketState state, IReadOnlyList<ObservedPrice> prices, BlockNumber at, bool isProven)
    {
        _ledger.Changing(market);
        RemoveReserves(market);
        (market.IsHeld, market.ReadAt, market.IsProven, market.Revision) = (true, at, isProven, state.Revision);
        foreach (var reserve in state.Reserves)
        {
            var price = prices.FirstOrDefault(price => price.Token == reserve.Tokens.Token);
            AddReserve(market, new ReserveEntry(market.Key, reserve.Tokens, price.Feed, new ReserveVersion(at, reserve.Reserve with { Price = price.Price })));
        }

        NoteAll(market);
    }

    /// <summary>Takes what was read of a market of Compound V3, in place of what was known.</summary>
    public void Observe(MarketEntry market, CompoundState state, BlockNumber at, bool isProven)
    {
        Set(market, state);
        (market.IsHeld, market.ReadAt, market.IsProven) = (true, at, isProven);
    }

    /// <summary>Takes the state of a market of Compound V3 after an answer of a feed.</summary>
    public void Set(MarketEntry market, CompoundState state)
    {
        NoteFeeds(market);
        _ledger.Changing(market);
        market.Compound = state;
        NoteAll(market);
    }

    /// <summary>Nothing is known of a market any more. Its accounts stay as they are.</summary>
    public void Forget(MarketEntry market)
    {
        if (market.IsHeld)
        {
            NoteAll(market);
            _ledger.Changing(market);
            RemoveReserves(market);
            (market.IsHeld, market.ReadAt, market.IsProven, market.Revision, market.Compound) = (false, default, false, 0, null);
        }
    }

    /// <summary>Moves a reserve.</summary>
    public void Move(MarketEntry market, ReserveEntry reserve, AaveReserve moved, BlockNumber at, BlockNumber? final)
    {
        if (moved != reserve.Newest.Reserve)
        {
            _ledger.Changing(reserve);
            reserve.Move(moved, at, final);
            NoteAll(market);
        }
    }

    /// <summary>Takes back what happened to a market from a height on.</summary>
    public void Undo(MarketEntry market, BlockNumber from)
    {
        if (!market.IsHeld)
        {
            return;
        }

        if (market.ReadAt >= from || market.Compound?.MovedAt >= from)
        {
            Forget(market);
            return;
        }

        foreach (var reserve in market.Reserves)
        {
            if (reserve is not null && reserve.MovedFrom(from))
            {
                _ledger.Changing(reserve);
                reserve.Undo(from);
                NoteAll(market);
            }
        }
    }

    /// <summary>The accounts of a market that are to be read, those that were used last first.</summary>
    public IReadOnlyList<Address> WantedOf(MarketEntry market, int most)
    {
        if (!market.IsHeld || _held.Count == _accounts.Count || most <= 0)
        {
            return [];
        }

        var wanted = new List<Address>();
        foreach (var account in _used)
        {
            if (!account.IsHeld && account.Key.Contract == market.Key)
            {
                wanted.Add(account.Account);
            }
        }

        wanted.Reverse();
        return wanted.Count > most ? wanted.GetRange(0, most) : wanted;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_used.LastOrdinal);
        writer.Save(_markets);
        writer.Save(_reserves);
        writer.Save(_accounts);
    }

    public void Restore(ref CheckpointReader reader)
    {
        ulong last = reader.Values.ReadUInt64();
        reader.Restore(_markets, MarketEntry.Decode);
        reader.Restore(_reserves, ReserveEntry.Decode);
        reader.Restore(_accounts, AccountEntry.Decode);
        Markets = _markets.SortedByKey();
        foreach (var reserve in _reserves.SortedByKey())
        {
            if (!_markets.TryGet(reserve.Market, out var market) || reserve.Place >= AaveReading.MaxReserves)
            {
                throw reader.Values.Malformed($"reserve {reserve.Key} is of a market that is not there, or at no place of it");
            }

            Link(market, reserve);
        }

        foreach (var account in _accounts.SortedByKey())
        {
            if (account.IsHeld)
            {
                _held.Add(account.Key, account);
            }
        }

        _used.Restore(_accounts.SortedByKey(), last);
    }

    public void AssertInvariants()
    {
        Invariant.That(_accounts.Count <= _maxAccounts, "INV-130", "no more accounts are watched than the bound says");
        Invariant.That(
            _accounts.SortedByKey().Where(static account => account.IsHeld).Select(static account => account.Key).SequenceEqual(_held.Keys),
            "INV-131",
            "the accounts that are held are those whose state is known");
        Invariant.That(
            Markets.All(static market => market.IsHeld == (market.Places > 0 || market.Compound is not null)) && _reserves.Count == Markets.Sum(static market => market.Reserves.Count(static reserve => reserve is not null)),
            "INV-132",
            "a market has reserves or terms while it is held, and each reserve is at its place of its market");
    }

    private void Use(AccountEntry account)
    {
        _ledger.Changing(account);
        _used.Remove(account);
        _used.Append(account);
    }

    private void Leave(AccountEntry account)
    {
        if (_held.Remove(account.Key))
        {
            Note(account.Key);
        }

        _ledger.Changing(account);
        _used.Remove(account);
        _accounts.Remove(account);
    }

    private void AddReserve(MarketEntry market, ReserveEntry reserve)
    {
        _reserves.Add(reserve);
        Link(market, reserve);
    }

    private void RemoveReserves(MarketEntry market)
    {
        foreach (var reserve in market.Reserves.ToArray())
        {
            if (reserve is not null)
            {
                _reserves.Remove(reserve);
                market.Set(reserve.Place, null);
                Disown(reserve.Tokens.Supply, market.Key);
                Disown(reserve.Tokens.Debt, market.Key);
            }
        }
    }

    private void Link(MarketEntry market, ReserveEntry reserve)
    {
        market.Set(reserve.Place, reserve);
        Own(reserve.Tokens.Supply, market.Key);
        Own(reserve.Tokens.Debt, market.Key);
    }

    private void Own(in Address token, in Address market)
    {
        if (!_tokens.TryGet(token, out _))
        {
            _tokens.Add(new ContractOwner(token, market));
        }
    }

    private void Disown(in Address token, in Address market)
    {
        if (_tokens.TryGet(token, out var owner) && owner.Market == market)
        {
            _tokens.Remove(token);
        }
    }

    private void Note(in PoolKey key)
    {
        _changed.Add(key);
        if (_markets.TryGet(key.Contract, out var market))
        {
            NoteFeeds(market);
        }
    }

    private void NoteAll(MarketEntry market)
    {
        market.View = null;
        market.CompoundView = null;
        _changed.Add(PoolKey.Of(market.Key));
        NoteFeeds(market);
    }

    /// <summary>What waits for a feed is to be looked at again when anything of a market changes that it prices.</summary>
    private void NoteFeeds(MarketEntry market)
    {
        foreach (var feed in market.Feeds)
        {
            _changed.Add(PoolKey.Of(feed));
        }
    }
}
