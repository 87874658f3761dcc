using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>Keeps the pools of traded tokens: read once from the chain, then moved by the events of each block, and taken back by a reorg.</summary>
/// <remarks>
/// A pool is asked for when a pending transaction trades its tokens, or one of them where the other is a hub. What cannot be followed is never
/// repaired: the pool is forgotten and read anew. Bounded: at most <see cref="MaxPools"/>.
/// </remarks>
internal sealed class PoolBookFold : IDerivation, IPoolBook, IPoolWatch
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "book/2";

    /// <summary>Pools of the book.</summary>
    public const int MaxPools = 32_768;

    private readonly IRulesView _rules;
    private readonly PendingTrades _pending;
    private readonly BookPools _pools;
    private readonly BookBlocks _blocks;
    private BookChain? _chain; // null while no pool is asked for: a log without trades has the digest of one without this derivation

    /// <summary>A derivation that holds nothing yet.</summary>
    public PoolBookFold(IRulesView rules, PendingTrades pending)
        : this(rules, pending, MaxPools)
    {
    }

    internal PoolBookFold(IRulesView rules, PendingTrades pending, int maxPools)
    {
        (_rules, _pending) = (rules, pending);
        _pools = new BookPools(Ledger, maxPools);
        _blocks = new BookBlocks(Ledger, _pools);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x3c, 0x3f));

    /// <inheritdoc/>
    public ChainBlock? Head => _pools.HeldCount > 0 ? At : null;

    /// <inheritdoc/>
    public ChainBlock? At => _chain is { IsKnown: true } chain ? new ChainBlock(chain.Number, chain.Hash, default) : null;

    /// <inheritdoc/>
    public int Count => _pools.HeldCount;

    /// <inheritdoc/>
    public IReadOnlyList<PoolKey> Changed { get; private set; } = [];

    /// <inheritdoc/>
    public int WantedCount => _pools.WantedCount;

    /// <inheritdoc/>
    public ulong NotTaken => _chain?.NotTaken ?? 0;

    /// <inheritdoc/>
    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool)
    {
        pool = _pools.TryGet(key, out var entry) && entry.Standing == PoolStanding.Held ? entry.Current : null;
        return pool is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other) =>
        [.. _pools.PoolsOf(TokenPair.Of(token, other)).Where(static pool => pool.Standing == PoolStanding.Held).Select(static pool => pool.Current)];

    /// <inheritdoc/>
    public IReadOnlyList<Address> NeighboursOf(in Address token) => _pools.NeighboursOf(token);

    /// <inheritdoc/>
    public IReadOnlyList<WantedPool> Wanted(int most) => [.. _pools.Wanted(most).Select(static pool => new WantedPool(pool.Key, pool.Form, pool.Tier.Spacing))];

    /// <inheritdoc/>
    public IReadOnlyList<PoolSample> Samples(in Hash256 head, int most)
    {
        if (_chain is not { } chain || chain.Hash != head || !chain.Applying.IsZero)
        {
            return [];
        }

        Span<byte> place = stackalloc byte[Hash256.Size];
        head.CopyTo(place); // another place at each block, and the same for everyone
        return
        [
            .. _pools.HeldFrom(PoolKey.Of(new Address(place[..Address.Size])), most)
                .Where(pool => pool.Newest.Since <= chain.Number)
                .Select(static pool => new PoolSample(pool.Key, pool.HasUnknownLog ? DivergenceCause.MissedLog : DivergenceCause.StorageMutated, pool.Newest.State.Expectations())),
        ];
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _pools.ClearChanges();
        if (_chain is { } chain && (changes.BlocksUndone.Length > 0 || changes.BlocksApplied.Length > 0 || fact.Kind == LogEvent.FinalityViolated.KindNumber))
        {
            _blocks.Undo(chain, changes);
            _blocks.Follow(chain, fact, pool);
        }

        if (fact.Kind == LogEvent.TxDecoded.KindNumber)
        {
            Ask(fact, pool);
        }
        else if (_chain is { } known)
        {
            switch (fact.Kind)
            {
                case LogEvent.ReceiptsObserved.KindNumber:
                    _blocks.Apply(known, ReceiptsView.Read(fact.Record), pool);
                    break;
                case LogEvent.PoolObserved.KindNumber:
                    Take(known, (LogEvent.PoolObserved)fact.Event!, pool);
                    break;
                case LogEvent.StateDivergence.KindNumber:
                    SetAside((LogEvent.StateDivergence)fact.Event!);
                    break;
            }
        }

        Changed = _pools.Changed.Count == 0 ? [] : [.. _pools.Changed.Distinct().Order()];
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_chain is null ? [] : [_chain]);
        _pools.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_chain is not null)
            {
                throw values.Malformed("the book is at two blocks");
            }

            _chain = BookChain.Decode(ref values);
            Ledger.Added(_chain);
        }

        _pools.Restore(ref reader);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        _pools.AssertInvariants();
        Invariant.That(_pools.Count == 0 || _chain is not null, "INV-117", "a book with pools is at a block");
    }

    /// <summary>Asks for the pools of what a pending transaction trades, and for those of its tokens with the hubs.</summary>
    private void Ask(in Fact fact, IMempoolView pool)
    {
        var trades = _pending.Of(fact, pool);
        if (trades.Count == 0 || pool.Head is not { } head || _rules.Registry!.Registry.PoolsOf(pool.Chain) is not { Factories.Count: > 0 } universe)
        {
            return;
        }

        foreach (var trade in trades)
        {
            if (trade.TokenIn is not { } given || trade.TokenOut is not { } received || given == received || given.IsZero || received.IsZero)
            {
                continue;
            }

            foreach (var hub in universe.Hubs)
            {
                AskWithHub(given, hub, universe, head.Number);
                AskWithHub(received, hub, universe, head.Number);
            }

            _pools.Ask(TokenPair.Of(given, received), universe, head.Number);
        }

        if (_pools.Count > 0 && _chain is null)
        {
            _chain = new BookChain();
            _chain.Start(head.Number, head.Hash);
            Ledger.Added(_chain);
        }
    }

    private void AskWithHub(in Address token, in Address hub, PoolUniverse universe, BlockNumber at)
    {
        if (token != hub)
        {
            _pools.Ask(TokenPair.Of(token, hub), universe, at);
        }
    }

    /// <summary>Takes a reading at a block since which nothing touched the pool.</summary>
    private void Take(BookChain chain, LogEvent.PoolObserved observed, IMempoolView pool)
    {
        if (!_pools.TryGet(new PoolKey(observed.Contract, observed.Id), out var entry) || entry.Standing != PoolStanding.Wanted
            || !pool.TryGetCanonical(observed.Number, out var block) || block.Value.Hash != observed.Block
            || (observed.Number <= chain.Number ? !chain.IsUntouchedSince(observed.Number, observed.Contract) : !chain.Applying.IsZero))
        {
            Ledger.Changing(chain);
            chain.NotTaken++;
            return;
        }

        var slots = WantedPool.SlotsOf(entry.Descriptor.Form, entry.Descriptor.Tier.Spacing);
        var known = new SlotValues(observed.Slots);
        if (slots.Missing(known).Count > 0)
        {
            Ledger.Changing(chain);
            chain.NotTaken++;
            return;
        }

        var state = slots.Read(known);
        _pools.Change(entry, read => read.Observe(state, observed.Number, observed.IsProven));
    }

    private void SetAside(LogEvent.StateDivergence divergence)
    {
        if (_pools.TryGet(new PoolKey(divergence.Contract, divergence.Id), out var pool) && pool.Standing == PoolStanding.Held)
        {
            _pools.Change(pool, static forgotten => forgotten.Forget());
        }
    }
}
