using Mempulse.Features.Book;
using Mempulse.Features.Failures;
using Mempulse.Features.Grading;
using Mempulse.Features.Markets;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Rules;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Replay.Derivations;

namespace Mempulse.Features;

/// <summary>The derivations of this assembly, which share what they know: each set belongs to one engine.</summary>
public static class FeatureDerivations
{
    /// <summary>Creates a set, in the order in which they run.</summary>
    /// <param name="rules">The contents that the log names by their hash.</param>
    /// <param name="source">The strategies of the program.</param>
    public static IReadOnlyList<IDerivation> Create(IRulesContents rules, IStrategySource source) => Create(rules, source, BookBounds.Default);

    /// <summary>Creates a set with other bounds of the book, so that tests reach them within a few facts.</summary>
    internal static IReadOnlyList<IDerivation> Create(IRulesContents rules, IStrategySource source, BookBounds bounds)
    {
        var (inForce, strategies, scoring) = (new RulesFold(rules), new StrategiesFold(rules, source), new ScoringFold(rules));
        var pending = new PendingTrades(inForce);
        var graded = new GradeFold(inForce, pending);
        var traits = new TraitFold(inForce, pending, graded);
        var (book, failures) = (new PoolBookFold(inForce, pending, bounds), new FailureFold(traits, graded));
        var markets = new MarketBookFold(inForce);
        var opportunities = new OpportunityFold(new OpportunityRules
        {
            Book = book,
            Markets = markets,
            Rules = inForce,
            Pending = pending,
            Decoders = graded,
            Traits = traits,
            Failures = failures,
            Strategies = strategies,
            Scoring = scoring,
        });
        return [inForce, graded, book, markets, traits, failures, strategies, scoring, opportunities];
    }
}
