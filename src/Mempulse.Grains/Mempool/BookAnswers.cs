using Mempulse.Features.Book;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about the book of pools from the fold's state.</summary>
internal static class BookAnswers
{
    /// <summary>Tokens that a status lists.</summary>
    private const int MaxListed = 32;

    public static BookStatus Status(ReplayEngine engine, int unread)
    {
        var (book, watch) = (engine.View<IPoolBook>(), engine.View<IPoolWatch>());
        return new BookStatus(book.Head?.Hash, book.Head?.Number, book.Count, watch.WantedCount, watch.NotTaken)
        {
            Evicted = watch.Evicted,
            NotAsked = watch.NotAsked,
            InexactTokens = watch.InexactTokens.Count,
            FirstInexactTokens = [.. watch.InexactTokens.Take(MaxListed)],
            Unread = unread,
        };
    }

    /// <summary>The pools by what is known of them, for metrics.</summary>
    public static IReadOnlyList<(string Standing, long Pools)> Counts(ReplayEngine engine) => [("held", engine.View<IPoolBook>().Count), ("wanted", engine.View<IPoolWatch>().WantedCount)];

    /// <summary>What the book left out since the log began, for metrics.</summary>
    public static IReadOnlyList<(string Kind, long Count)> LeftOut(ReplayEngine engine)
    {
        var watch = engine.View<IPoolWatch>();
        return [("evicted", (long)watch.Evicted), ("not_asked", (long)watch.NotAsked), ("not_taken", (long)watch.NotTaken), ("tokens_forgotten", (long)watch.TokensForgotten)];
    }

    /// <summary>What is to be read now; null while the book is at no block.</summary>
    public static BookPlan? Plan(ReplayEngine engine, int mostWanted, int mostSamples)
    {
        var watch = engine.View<IPoolWatch>();
        if (watch.At is not { } block)
        {
            return null;
        }

        return new BookPlan(
            block.Hash,
            block.Number,
            [.. watch.Wanted(mostWanted).Select(static pool => new PlannedPool(pool.Key.Contract, pool.Key.Id, pool.Spacing))],
            [.. watch.Samples(block.Hash, mostSamples).Select(Of)]);
    }

    private static PlannedSample Of(PoolSample sample) =>
        new(sample.Key.Contract, sample.Key.Id, sample.Cause, [.. sample.Expectations.Select(static slot => new PlannedSlot(slot.Slot, slot.Bits, slot.Value))]);
}
