using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Markets;

/// <summary>Keeps lending markets and the accounts that borrow in them: read from the chain, then moved by the events of each block, and taken back by a reorg.</summary>
/// <remarks>
/// A market of the registry is asked for when an event of it is on record, and an account when it borrows. Events state the indexes of reserves and the answers
/// of feeds; an account that an event names is read anew. Bounded: at most <see cref="MaxAccounts"/>.
/// </remarks>
internal sealed class MarketBookFold : IDerivation, IMarketBook, IMarketWatch
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "markets/2";

    /// <summary>Accounts of all markets.</summary>
    public const int MaxAccounts = 4_096;

    /// <summary>Blocks after which a market is read anew while it is held: no event says what its administrators change, and some prices have no feed.</summary>
    public const ulong RefreshBlocks = 25;

    private readonly IRulesView _rules;
    private readonly MarketTables _tables;
    private readonly MarketBlocks _blocks;
    private MarketChain? _chain; // null while no market is asked for: a log without markets has the digest of one without this derivation

    /// <summary>A derivation that holds nothing yet.</summary>
    public MarketBookFold(IRulesView rules)
        : this(rules, MaxAccounts)
    {
    }

    internal MarketBookFold(IRulesView rules, int maxAccounts)
    {
        _rules = rules;
        _tables = new MarketTables(Ledger, maxAccounts);
        _blocks = new MarketBlocks(Ledger, _tables);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x50, 0x53));

    /// <inheritdoc/>
    public ChainBlock? Head => _tables.HeldMarkets > 0 ? At : null;

    /// <inheritdoc/>
    public ChainBlock? At => _chain is { IsKnown: true } chain ? new ChainBlock(chain.Number, chain.Hash, default) : null;

    /// <inheritdoc/>
    public int AccountCount => _tables.HeldAccounts;

    /// <inheritdoc/>
    public int HeldMarkets => _tables.HeldMarkets;

    /// <inheritdoc/>
    public int MarketCount => _tables.Markets.Count;

    /// <inheritdoc/>
    public int WantedAccounts => _tables.AccountCount - _tables.HeldAccounts;

    /// <inheritdoc/>
    public ulong NotTaken => _chain?.NotTaken ?? 0;

    /// <inheritdoc/>
    public ulong AccountsLeft => _chain?.AccountsLeft ?? 0;

    /// <inheritdoc/>
    public IReadOnlyList<PoolKey> Changed { get; private set; } = [];

    /// <inheritdoc/>
    public bool TryGet(in Address market, [NotNullWhen(true)] out LendingMarket? found)
    {
        found = _tables.TryGetMarket(market, out var entry) && entry is { IsHeld: true, Compound: null } ? ViewOf(entry) : null;
        return found is not null;
    }

    /// <inheritdoc/>
    public bool TryGetCompound(in Address market, [NotNullWhen(true)] out CompoundMarket? found)
    {
        found = _tables.TryGetMarket(market, out var entry) && entry.Compound is { } state ? ViewOf(entry, state) : null;
        return found is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LendingMarket> PricedBy(in Address feed)
    {
        var priced = feed;
        return [.. _tables.Markets.Where(market => market.Compound is null && market.Feeds.Contains(priced)).Select(ViewOf)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<CompoundMarket> CompoundPricedBy(in Address feed)
    {
        var priced = feed;
        return [.. _tables.Markets.Where(market => market.Compound is not null && market.Feeds.Contains(priced)).Select(market => ViewOf(market, market.Compound!))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<MarketTask> Wanted(int mostAccounts)
    {
        if (_chain is not { IsKnown: true } chain || mostAccounts == 0)
        {
            return [];
        }

        var tasks = new List<MarketTask>();
        foreach (var market in _tables.Markets)
        {
            bool isWanted = !market.IsHeld || chain.Number.Value >= market.ReadAt.Value + RefreshBlocks;
            var accounts = _tables.WantedOf(market, mostAccounts);
            if (isWanted || accounts.Count > 0)
            {
                tasks.Add(new MarketTask(market.Key, market.Form, market.Oracle, isWanted, market.Tokens, accounts));
            }
        }

        return tasks;
    }

    /// <inheritdoc/>
    public IReadOnlyList<MarketSample> Samples(in Hash256 head, int most)
    {
        if (_chain is not { } chain || chain.Hash != head || !chain.Applying.IsZero)
        {
            return [];
        }

        Span<byte> place = stackalloc byte[Hash256.Size];
        head.CopyTo(place); // another place at each block, and the same for everyone
        var samples = new List<MarketSample>();
        foreach (var market in _tables.Markets)
        {
            var first = MarketKey.Of(market.Key, new Address(place[..Address.Size]));
            if (market.IsHeld)
            {
                samples.AddRange(Rotated([.. _tables.HeldOf(market.Key)], first).Take(most)
                    .Select(account => new MarketSample(account.Key, [.. account.Expectations(market.Tokens)])));
                samples.AddRange(Rotated([.. market.Reserves.OfType<ReserveEntry>().OrderBy(static reserve => reserve.Key)], first).Take(most)
                    .Select(static reserve => new MarketSample(reserve.Key, [.. reserve.Expectations().Select(slot => (reserve.Market, slot))])));
                samples.AddRange(market.Compound is { } compound && most > 0 ? [new MarketSample(PoolKey.Of(market.Key), [.. compound.Expectations(market.Key)])] : []);
            }
        }

        return samples;
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _tables.ClearChanges();
        if (_chain is { } chain && (changes.BlocksUndone.Length > 0 || changes.BlocksApplied.Length > 0 || fact.Kind == LogEvent.FinalityViolated.KindNumber))
        {
            _blocks.Undo(chain, changes);
            _blocks.Follow(chain, fact, pool);
        }

        switch (fact.Kind)
        {
            case LogEvent.ReceiptsObserved.KindNumber:
                Follow(ReceiptsView.Read(fact.Record), pool);
                break;
            case LogEvent.MarketObserved.KindNumber when _chain is { } known:
                Take(known, (LogEvent.MarketObserved)fact.Event!, pool);
                break;
            case LogEvent.StateDivergence.KindNumber when _chain is not null:
                SetAside((LogEvent.StateDivergence)fact.Event!);
                break;
        }

        Changed = _tables.Changed;
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_chain is null ? [] : [_chain]);
        _tables.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_chain is not null)
            {
                throw values.Malformed("the markets are at two blocks");
            }

            _chain = MarketChain.Decode(ref values);
            Ledger.Added(_chain);
        }

        _tables.Restore(ref reader);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        _tables.AssertInvariants();
        Invariant.That(_tables.Markets.Count == 0 || _chain is not null, "INV-133", "markets are at a block");
    }

    private void Follow(in ReceiptsView view, IMempoolView pool)
    {
        if (_chain is { } chain)
        {
            _blocks.Apply(chain, view, pool);
        }

        if (view.IsVerified && pool.Head is not null && _rules.Registry is { } rules && rules.Registry.MarketsOf(pool.Chain) is { Count: > 0 } named)
        {
            Ask(view, named, pool);
        }
    }

    /// <summary>Asks for the markets whose events a block has, and for those who borrow in it.</summary>
    private void Ask(in ReceiptsView view, IReadOnlyList<LendingContract> named, IMempoolView pool)
    {
        var unknown = named.Where(market => !_tables.TryGetMarket(market.Contract, out var known) || known.Oracle != market.Oracle || known.Form != market.Form).ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        bool isAsked = false;
        foreach (var receipt in view)
        {
            foreach (var log in receipt)
            {
                foreach (var market in unknown)
                {
                    if (market.Contract == log.Account)
                    {
                        isAsked = true;
                        _tables.Ask(market);
                        if (BorrowerIn(log, market.Form) is { } borrower)
                        {
                            _tables.Ask(MarketKey.Of(market.Contract, borrower));
                        }
                    }
                }
            }
        }

        if (_tables.Markets.Count > 0 && _chain is null)
        {
            _chain = new MarketChain();
            Ledger.Added(_chain);
            _blocks.Restart(_chain, pool);
        }
        else if (isAsked && _chain is { Applying.IsZero: false } chain)
        {
            _blocks.Restart(chain, pool); // a part of the block was read without this market
        }
    }

    /// <summary>Takes a reading of a block, and applies what the blocks since say.</summary>
    private void Take(MarketChain chain, LogEvent.MarketObserved observed, IMempoolView pool)
    {
        bool isTaken = pool.TryGetCanonical(observed.Number, out var block) && block.Value.Hash == observed.Block
            && _tables.TryGetMarket(observed.Market, out var market) && chain.Since(observed.Number) is { } since
            && (observed.Account.IsZero ? TakeMarket(market, observed, since, pool) : TakeAccount(market, observed, since));
        if (!isTaken)
        {
            Ledger.Changing(chain);
            chain.NotTaken++;
        }
    }

    private bool TakeMarket(MarketEntry market, LogEvent.MarketObserved observed, IReadOnlyList<MovedBlock> since, IMempoolView pool)
    {
        var known = new MarketValues(observed.Slots);
        if (market.Form == LendingForm.CompoundV3)
        {
            if (CompoundState.Of(market.Key, observed.Answers, known, observed.Prices, observed.Number) is not { } compound)
            {
                return false;
            }

            _tables.Observe(market, compound, observed.Number, observed.IsProven);
        }
        else if (AaveReading.MissingOfPool(market.Key, known).Count == 0 && AaveReading.ReadPool(market.Key, known) is { } state)
        {
            _tables.Observe(market, state, observed.Prices, observed.Number, observed.IsProven);
        }
        else
        {
            return false;
        }

        foreach (var block in since)
        {
            _blocks.CatchUp(block, market, pool.Final);
        }

        return true;
    }

    private bool TakeAccount(MarketEntry market, LogEvent.MarketObserved observed, IReadOnlyList<MovedBlock> since)
    {
        var known = new MarketValues(observed.Slots);
        var task = new MarketTask(market.Key, market.Form, market.Oracle, IsWanted: false, market.Tokens, []);
        if (!market.IsHeld || !_tables.TryGetAccount(MarketKey.Of(market.Key, observed.Account), out var account) || account.IsHeld
            || task.MissingSlots(observed.Account, known).Count > 0
            || since.Any(block => block.Moves.Any(move => move.Kind is MoveKind.Touched or MoveKind.Borrowed && move.Contract == market.Key && move.Subject == account.Account)))
        {
            return false;
        }

        if (market.Form == LendingForm.CompoundV3)
        {
            _tables.Observe(account, CompoundReading.ReadAccount(market.Key, market.Tokens, observed.Account, known), observed.Number, observed.IsProven);
        }
        else
        {
            _tables.Observe(account, AaveReading.ReadAccount(market.Key, market.Tokens, observed.Account, known), observed.Number, observed.IsProven);
        }

        return true;
    }

    private void SetAside(LogEvent.StateDivergence divergence)
    {
        var key = new PoolKey(divergence.Contract, divergence.Id);
        if (_tables.TryGetAccount(key, out var account))
        {
            ulong mode = account.State.CategoryNumber;
            bool isOfMode = mode != 0 && divergence.Found.Slot == AaveSlots.Category(mode);
            _tables.Forget(account);
            if (isOfMode)
            {
                _tables.ForgetMode(account.Key.Contract, mode); // no event of the market says that an administrator changed the terms of a mode
            }
        }
        else if (_tables.TryGetReserve(key, out var reserve) && _tables.TryGetMarket(reserve.Market, out var market))
        {
            _tables.Forget(market);
        }
        else if (divergence.Id.IsZero && _tables.TryGetMarket(divergence.Contract, out var compound))
        {
            _tables.Forget(compound);
        }
    }

    private static Address? BorrowerIn(in TxLogView log, LendingForm form) =>
        form == LendingForm.CompoundV3 ? CompoundLogs.BorrowerOf(log) : MarketLogs.ReadOfMarket(log) is { Kind: MoveKind.Borrowed } borrowed ? borrowed.Subject : null;

    private CompoundMarket ViewOf(MarketEntry market, CompoundState state)
    {
        ulong time = _chain!.Time;
        if (market.CompoundView?.Time != time)
        {
            market.CompoundView = new CompoundMarket(market, state, time, () => _tables.HeldOf(market.Key).Select(static account => account.Compound!));
        }

        return market.CompoundView!;
    }

    private LendingMarket ViewOf(MarketEntry market)
    {
        ulong time = _chain!.Time;
        if (market.View?.Time != time)
        {
            market.View = new LendingMarket(market, time, () => _tables.HeldOf(market.Key).Select(static account => account.Current));
        }

        return market.View!;
    }

    /// <summary>Entries in ascending order of their keys, from a key on, and then those before it.</summary>
    private static IEnumerable<T> Rotated<T>(List<T> entries, PoolKey first)
        where T : IKeyed<PoolKey>
    {
        int start = entries.FindIndex(entry => entry.Key >= first);
        return start < 0 ? entries : entries.Skip(start).Concat(entries.Take(start));
    }
}
