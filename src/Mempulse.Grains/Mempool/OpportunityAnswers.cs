using Mempulse.Features.Book;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about opportunities from the fold's state.</summary>
internal static class OpportunityAnswers
{
    /// <param name="engine">The fold.</param>
    /// <param name="query">Which are asked for.</param>
    /// <param name="problemOf">Why the last try did not simulate one.</param>
    public static OppPage Page(ReplayEngine engine, OppQuery query, Func<Hash256, string> problemOf)
    {
        var view = engine.View<IOpportunityView>();
        var counts = view.Counts;
        var found = view.List(new OpportunityQuery
        {
            Status = Enum.TryParse<OppStatus>(query.Status, ignoreCase: true, out var status) ? status : null,
            Strategy = query.Strategy.Length > 0 ? query.Strategy : null,
            MinScore = query.MinScore,
            Limit = query.Limit,
        });
        return new OppPage
        {
            AsOf = engine.Applied,
            Strategies = view.Strategies,
            Open = counts.Open,
            Closed = counts.Closed,
            Detected = counts.Detected,
            HandedOn = counts.HandedOn,
            NotSimulable = counts.NotSimulable,
            LeftOut = counts.BeyondBounds,
            PoolsHeld = engine.View<IPoolBook>().Count,
            PoolsWanted = engine.View<IPoolWatch>().WantedCount,
            Opportunities = [.. found.Select(opportunity => Of(engine, opportunity) with { Problem = problemOf(opportunity.Detected.Opp) })],
        };
    }

    public static OppView? Find(ReplayEngine engine, in Hash256 id, Func<Hash256, string> problemOf) =>
        engine.View<IOpportunityView>().TryGet(id, out var found)
            ? Of(engine, found) with { Problem = problemOf(id), Bundles = [.. engine.View<IBundleView>().OfOpportunity(id).Select(static bundle => bundle.Built.Bundle)] }
            : null;

    public static IReadOnlyList<OppView> OfTx(ReplayEngine engine, in Hash256 tx) => [.. engine.View<IOpportunityView>().OfTx(tx).Select(opportunity => Of(engine, opportunity))];

    /// <summary>The opportunities by status, for metrics.</summary>
    public static IReadOnlyList<(string Status, long Count)> Counts(ReplayEngine engine) => [("open", engine.View<IOpportunityView>().Counts.Open), ("closed", engine.View<IOpportunityView>().Counts.Closed)];

    /// <summary>What became of opportunities since the log began, for metrics.</summary>
    public static IReadOnlyList<(string Fate, long Count)> Fates(ReplayEngine engine)
    {
        var counts = engine.View<IOpportunityView>().Counts;
        return [("detected", (long)counts.Detected), ("handed_on", (long)counts.HandedOn), ("not_simulable", (long)counts.NotSimulable), ("left_out", (long)counts.BeyondBounds)];
    }

    public static OppView Of(ReplayEngine engine, Opportunity opportunity)
    {
        var detected = opportunity.Detected;
        return new OppView
        {
            Id = detected.Opp,
            Trigger = detected.Trigger,
            Base = detected.Base,
            BaseNumber = detected.BaseNumber,
            Strategy = detected.Strategy,
            StrategyVersion = detected.StrategyVersion,
            Registry = detected.Registry,
            Purpose = detected.Purpose,
            Extractor = detected.Extractor,
            Scorer = detected.Scorer,
            Urgency = detected.Urgency,
            Worth = detected.Worth,
            Risk = detected.Risk,
            Score = detected.Score,
            Value = detected.Value,
            Token = detected.Token,
            Input = detected.Input,
            Profit = detected.Profit,
            IsExact = detected.IsExact,
            SaferMinimum = detected.SaferMinimum,
            IsHandedOn = opportunity.IsHandedOn,
            Obstacle = opportunity.ObstacleText,
            Before = detected.Before,
            RankedBelow = detected.RankedBelow,
            Legs = [.. detected.Legs.Select(leg => Of(engine.View<IPoolBook>(), leg))],
            Status = opportunity.Status.ToString(),
            End = opportunity.End,
            By = opportunity.By,
            Simulation = opportunity.Simulation is { } sim ? new OppSimView(sim.Sim, sim.Category, sim.Profit.IsLoss, sim.Profit.Amount, sim.GasUsed, sim.IsVerified) : null,
        };
    }

    private static OppLegView Of(IPoolBook book, OppLeg leg)
    {
        book.TryGet(new PoolKey(leg.Pool, leg.PoolId), out var pool);
        return new OppLegView
        {
            Pool = leg.Pool,
            PoolId = leg.PoolId,
            Protocol = pool?.Protocol ?? string.Empty,
            TokenIn = leg.TokenIn,
            TokenOut = leg.TokenOut,
            AmountIn = leg.AmountIn,
            AmountOut = leg.AmountOut,
            Form = pool?.State switch { ConstantProductPool => OppLegForm.Pair, TickPool => OppLegForm.Ticks, _ => OppLegForm.Unknown },
        };
    }
}
