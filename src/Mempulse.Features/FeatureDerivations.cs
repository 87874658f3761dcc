using Mempulse.Features.Book;
using Mempulse.Features.Failures;
using Mempulse.Features.Grading;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Replay.Derivations;

namespace Mempulse.Features;

/// <summary>The derivations of this assembly, which share what they know: each set belongs to one engine.</summary>
public static class FeatureDerivations
{
    /// <summary>Creates a set, in the order in which they run.</summary>
    /// <param name="rules">The contents that the log names by their hash.</param>
    public static IReadOnlyList<IDerivation> Create(IRulesContents rules)
    {
        var inForce = new RulesFold(rules);
        var pending = new PendingTrades(inForce);
        var (graded, traits) = (new GradeFold(inForce, pending), new TraitFold(inForce));
        return [inForce, graded, new PoolBookFold(inForce, pending), traits, new FailureFold(traits, graded)];
    }
}
