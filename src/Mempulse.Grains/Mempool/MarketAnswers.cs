using Mempulse.Features.Markets;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about lending markets from the fold's state.</summary>
internal static class MarketAnswers
{
    public static MarketStatus Status(ReplayEngine engine)
    {
        var (book, watch) = (engine.View<IMarketBook>(), engine.View<IMarketWatch>());
        return new MarketStatus(book.Head?.Number, watch.HeldMarkets, watch.MarketCount - watch.HeldMarkets, book.AccountCount, watch.WantedAccounts, watch.AccountsLeft, watch.NotTaken);
    }

    /// <summary>The accounts by what is known of them, for metrics.</summary>
    public static IReadOnlyList<(string Standing, long Accounts)> Counts(ReplayEngine engine) =>
        [("held", engine.View<IMarketBook>().AccountCount), ("wanted", engine.View<IMarketWatch>().WantedAccounts)];

    /// <summary>What is to be read now; null while the markets are at no block.</summary>
    public static MarketPlan? Plan(ReplayEngine engine, int mostAccounts, int mostSamples)
    {
        var watch = engine.View<IMarketWatch>();
        return watch.At is not { } block ? null : new MarketPlan(
            block.Hash, block.Number, [.. watch.Wanted(mostAccounts).Select(Of)], [.. watch.Samples(block.Hash, mostSamples).Select(Of)]);
    }

    private static PlannedMarket Of(MarketTask task) => new(
        task.Market, task.Oracle, task.IsWanted, [.. task.Reserves.Select(static reserve => new PlannedReserve(reserve.Token, reserve.Supply, reserve.Debt))], task.Accounts, (byte)task.Form);

    private static PlannedMarketSample Of(MarketSample sample) => new(
        sample.Key.Contract,
        sample.Key.Id,
        [.. sample.Expectations.Select(static expected => new PlannedMarketSlot(expected.Contract, new PlannedSlot(expected.Slot.Slot, expected.Slot.Bits, expected.Slot.Value)))]);
}
