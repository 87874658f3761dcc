using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
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
/// repaired: the pool is set aside and read anew. Bounded by <see cref="BookBounds"/>.
/// </remarks>
internal sealed class PoolBookFold : IDerivation, IPoolBook, IPoolWatch
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "book/4";

    private readonly IRulesView _rules;
    private readonly PendingTrades _pending;
    private readonly BookPools _pools;
    private readonly BookPairs _pairs;
    private readonly BookTokens _tokens;
    private readonly BookBlocks _blocks;
    private readonly AskedPairs _asked;
    private BookRules? _inForce; // what the registry in force says; follows from the rules
    private BookChain? _chain; // null while no pool is asked for: a log without trades has the digest of one without this derivation

    /// <summary>A derivation that holds nothing yet.</summary>
    public PoolBookFold(IRulesView rules, PendingTrades pending, BookBounds bounds)
    {
        (_rules, _pending) = (rules, pending);
        _pools = new BookPools(Ledger);
        _pairs = new BookPairs(Ledger, _pools, bounds);
        _tokens = new BookTokens(Ledger, bounds);
        _blocks = new BookBlocks(Ledger, _pools, _pairs, _tokens, bounds);
        _asked = new AskedPairs(_tokens, bounds);
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
    public ulong NotTaken => _chain?.Totals.NotTaken ?? 0;

    /// <inheritdoc/>
    public ulong Evicted => _chain?.Totals.Evicted ?? 0;

    /// <inheritdoc/>
    public ulong NotAsked => _chain?.Totals.NotAsked ?? 0;

    /// <inheritdoc/>
    public IReadOnlyCollection<Address> InexactTokens => _tokens.Inexact;

    /// <inheritdoc/>
    public ulong TokensForgotten => _chain?.Totals.TokensForgotten ?? 0;

    /// <inheritdoc/>
    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool)
    {
        pool = _pools.TryGet(key, out var entry) && entry.Standing == PoolStanding.Held ? entry.Current : null;
        return pool is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other)
    {
        List<BookPool>? held = null; // most pairs that are asked for have no pool
        foreach (var pool in _pairs.PoolsOf(TokenPair.Of(token, other)))
        {
            if (pool.Standing == PoolStanding.Held)
            {
                (held ??= []).Add(pool.Current);
            }
        }

        return held ?? (IReadOnlyList<BookPool>)[];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Address> NeighboursOf(in Address token) => _pools.NeighboursOf(token);

    /// <inheritdoc/>
    public IReadOnlyList<WantedPool> Wanted(int most) => [.. _pairs.Wanted(most).Select(static pool => new WantedPool(pool.Key, pool.Form, pool.Tier.Spacing))];

    /// <inheritdoc/>
    public IReadOnlyList<PoolSample> Samples(in Hash256 head, int most)
    {
        if (_chain is not { } chain || chain.Hash != head || !chain.Next.Hash.IsZero)
        {
            return [];
        }

        Span<byte> place = stackalloc byte[Hash256.Size];
        head.CopyTo(place); // another place at each block, and the same for everyone
        uint draw = BinaryPrimitives.ReadUInt32BigEndian(place[Address.Size..]);
        return
        [
            .. _pools.HeldFrom(PoolKey.Of(new Address(place[..Address.Size])), most)
                .Select(pool => new PoolSample(pool.Key, pool.HasUnknownLog ? DivergenceCause.MissedLog : DivergenceCause.StorageMutated, pool.State!.Expectations(draw))),
        ];
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _pools.ClearChanges();
        if (RulesOf(pool) is { } rules)
        {
            if (_chain is { } chain)
            {
                FollowChain(chain, fact, pool, rules, changes, derived);
            }

            Take(fact, pool, rules, derived);
            CountLost();
        }

        Changed = _pools.Changed.Count == 0 ? [] : [.. _pools.Changed.Distinct().Order()];
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_chain is null ? [] : [_chain]);
        _pairs.Save(writer);
        _tokens.Save(writer);
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

        _pairs.Restore(ref reader);
        _tokens.Restore(ref reader);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        _pools.AssertInvariants();
        _pairs.AssertInvariants();
        _tokens.AssertInvariants();
        Invariant.That(_pools.Count == 0 || _chain is not null, "INV-117", "a book with pools is at a block");
        Invariant.That(
            _pools.SortedByKey().All(pool => pool.Standing != PoolStanding.Held || (pool.ReadAt <= _chain!.Number && !_tokens.IsInexact(pool.Descriptor.Tokens.Low) && !_tokens.IsInexact(pool.Descriptor.Tokens.High))),
            "INV-152",
            "every pool that can be quoted has the state of the book's block, and its tokens are exact");
    }

    /// <summary>What the registry in force says; null before the log states one.</summary>
    private BookRules? RulesOf(IMempoolView pool)
    {
        if (_rules.Registry?.Registry is not { } registry)
        {
            return null;
        }

        if (_inForce?.Version != registry.ContentHash)
        {
            _inForce = new BookRules(registry.ContentHash, registry.PoolsOf(pool.Chain), registry.WrappedEther(pool.Chain));
        }

        return _inForce;
    }

    private void FollowChain(BookChain chain, in Fact fact, IMempoolView pool, BookRules rules, FactChanges changes, DerivedEvents derived)
    {
        if (chain.Registry != rules.Version)
        {
            Ledger.Changing(chain);
            chain.Registry = rules.Version;
            _pairs.Extend(rules.Universe);
        }

        if (changes.BlocksUndone.Length > 0 || changes.BlocksApplied.Length > 0 || fact.Kind == LogEvent.FinalityViolated.KindNumber)
        {
            _blocks.Undo(chain, changes, derived);
            _blocks.Follow(chain, fact, pool);
            _pairs.AskAgain(rules.Universe, pool);
        }
    }

    private void Take(in Fact fact, IMempoolView pool, BookRules rules, DerivedEvents derived)
    {
        if (fact.Kind == LogEvent.TxDecoded.KindNumber)
        {
            Ask(fact, pool, rules);
        }
        else if (_chain is { } chain)
        {
            switch (fact.Kind)
            {
                case LogEvent.ReceiptsObserved.KindNumber:
                    _blocks.Apply(chain, fact, pool, rules, derived);
                    break;
                case LogEvent.PoolObserved.KindNumber:
                    Take(chain, (LogEvent.PoolObserved)fact.Event!, pool);
                    break;
                case LogEvent.StateDivergence.KindNumber:
                    SetAside((LogEvent.StateDivergence)fact.Event!);
                    break;
            }
        }
    }

    /// <summary>Asks for the pools of what a pending transaction trades, and for those of its tokens with the hubs.</summary>
    private void Ask(in Fact fact, IMempoolView pool, BookRules rules)
    {
        var trades = _pending.Of(fact, pool);
        if (trades.Count == 0 || pool.Head is not { } head || rules.Universe.Factories.Count == 0)
        {
            return;
        }

        var asked = _asked.Of(trades, rules.Universe.Hubs);
        if (asked.Count > 0 && _chain is null)
        {
            _chain = new BookChain { Registry = rules.Version };
            _chain.Start(head.Number, head.Hash);
            Ledger.Added(_chain);
        }

        var asking = new AskingTx(fact.Record.TxKey, fact.Record.SenderKey);
        foreach (var pair in asked)
        {
            _pairs.Ask(pair, rules.Universe, asking, pool);
        }

        if (_asked.Beyond > 0)
        {
            Ledger.Changing(_chain!);
            _chain!.Totals.NotAsked += (ulong)_asked.Beyond;
        }
    }

    /// <summary>Takes a reading at a block since which nothing touched the pool. One of a block whose events are still to come would show that pool a block ahead of the others.</summary>
    private void Take(BookChain chain, LogEvent.PoolObserved observed, IMempoolView pool)
    {
        if (!_pools.TryGet(new PoolKey(observed.Contract, observed.Id), out var entry) || entry.Standing == PoolStanding.Held
            || !pool.TryGetCanonical(observed.Number, out var block) || block.Value.Hash != observed.Block
            || observed.Number > chain.Number || !chain.IsUntouchedSince(observed.Number, observed.Contract))
        {
            CountNotTaken(chain);
            return;
        }

        var slots = WantedPool.SlotsOf(entry.Descriptor.Form, entry.Descriptor.Tier.Spacing);
        var known = new SlotValues(observed.Slots);
        if (slots.Missing(known).Count > 0)
        {
            CountNotTaken(chain);
            return;
        }

        _pairs.Observe(entry, slots.Read(known), observed.Number, observed.IsProven);
    }

    /// <summary>A state that differs from the chain's was wrong before, and it is not known since when: nothing of it is kept, nor brought back by a reorg.</summary>
    private void SetAside(LogEvent.StateDivergence divergence)
    {
        if (_pools.TryGet(new PoolKey(divergence.Contract, divergence.Id), out var pool) && pool.Standing != PoolStanding.Wanted)
        {
            _pools.Change(pool, static forgotten => forgotten.Forget());
        }
    }

    private void CountNotTaken(BookChain chain)
    {
        Ledger.Changing(chain);
        chain.Totals.NotTaken++;
    }

    private void CountLost()
    {
        var (evicted, forgotten) = (_pairs.TakeEvicted(), _tokens.TakeForgotten());
        if (_chain is { } chain && evicted + forgotten > 0)
        {
            Ledger.Changing(chain);
            chain.Totals.Evicted += evicted;
            chain.Totals.TokensForgotten += forgotten;
        }
    }
}
