using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>A book whose pools a story states block by block. A block that is left takes its statements with it.</summary>
internal sealed class StatedBook : IDerivation, IPoolBook
{
    private readonly EntryTable<ulong, StatedEntry> _stated;
    private MadeBook _book = new();

    public StatedBook() => _stated = new EntryTable<ulong, StatedEntry>(Ledger);

    public string RuleVersion => "stated/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0x70, 0x70));

    public ChainBlock? Head => _book.Head;

    public int Count => _book.Count;

    public IReadOnlyList<PoolKey> Changed { get; private set; } = [];

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        Changed = [];
        if (fact.Event is PoolStated stated)
        {
            _stated.Add(new StatedEntry((ulong)_stated.Count, stated));
        }
        else if (changes.BlocksApplied.IsEmpty && changes.BlocksUndone.IsEmpty)
        {
            return;
        }

        foreach (var entry in _stated.SortedByKey())
        {
            bool isCanonical = entry.Stated.Number < (pool.Final ?? default) ? entry.IsCanonical : pool.TryGetCanonical(entry.Stated.Number, out var block) && block.Value.Hash == entry.Stated.Block;
            if (isCanonical != entry.IsCanonical)
            {
                _stated.Changing(entry);
                entry.IsCanonical = isCanonical;
            }
        }

        var before = _book;
        _book = Build();
        Changed = [.. _book.Pools.Concat(before.Pools).Select(static one => one.Key).Distinct().Where(key => StateOf(before, key) != StateOf(_book, key)).Order()];
    }

    public bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool) => _book.TryGet(key, out pool);

    public IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other) => _book.PoolsOf(token, other);

    public IReadOnlyList<Address> NeighboursOf(in Address token) => _book.NeighboursOf(token);

    public void Save(CheckpointWriter writer) => writer.Save(_stated);

    public void Restore(ref CheckpointReader reader)
    {
        reader.Restore(_stated, StatedEntry.Decode);
        _book = Build();
    }

    public void AssertInvariants()
    {
    }

    private static ConstantProductPool? StateOf(MadeBook book, PoolKey key) => book.TryGet(key, out var pool) ? (ConstantProductPool)pool.State : null;

    private MadeBook Build()
    {
        var book = new MadeBook();
        foreach (var entry in _stated.SortedByKey().Where(static entry => entry.IsCanonical))
        {
            var stated = entry.Stated;
            if (stated.Pool.IsZero && !stated.First.IsZero)
            {
                book = new MadeBook(); // every pool was set aside
                continue;
            }

            if (!stated.Pool.IsZero)
            {
                book.Add(stated.Pool, "p", [stated.First, stated.Second], new ConstantProductPool(stated.FirstReserve, stated.SecondReserve, ProductFee.UniswapV2));
            }

            if (book.Head is not { } head || stated.Number >= head.Number)
            {
                book.Head = new ChainBlock(stated.Number, stated.Block, default);
            }
        }

        return book;
    }
}
