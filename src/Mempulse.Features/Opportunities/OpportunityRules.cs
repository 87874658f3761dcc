using Mempulse.Features.Book;
using Mempulse.Features.Failures;
using Mempulse.Features.Grading;
using Mempulse.Features.Markets;
using Mempulse.Features.Rules;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;

namespace Mempulse.Features.Opportunities;

/// <summary>What finds and ranks opportunities, and the views that it reads.</summary>
internal sealed class OpportunityRules
{
    /// <summary>The pools.</summary>
    public required IPoolBook Book { get; init; }

    /// <summary>The lending markets.</summary>
    public required IMarketBook Markets { get; init; }

    /// <summary>The rules that the log states.</summary>
    public required IRulesView Rules { get; init; }

    /// <summary>What a body that a fact reports trades.</summary>
    public required PendingTrades Pending { get; init; }

    /// <summary>Which functions drift, so that their amounts are not certain.</summary>
    public required IDecoderView Decoders { get; init; }

    /// <summary>What waiting transactions say.</summary>
    public required ITraitView Traits { get; init; }

    /// <summary>Which calls failed.</summary>
    public required IFailureView Failures { get; init; }

    /// <summary>The strategies that the log states.</summary>
    public required IStrategiesView Strategies { get; init; }

    /// <summary>How the log states that opportunities are scored.</summary>
    public required IScoringView Scoring { get; init; }

    /// <summary>What gives the score.</summary>
    public RankProfile Profile => Scoring.InForce.Profile;

    /// <summary>The extractor of the features, with its version.</summary>
    public string Extractor => $"{Profile.Extractor.Id}/{Profile.Extractor.Version}";

    /// <summary>The scorer, with its version.</summary>
    public string Scorer => $"{Profile.Scorer.Id}/{Profile.Scorer.Version}";

    /// <summary>What it may cost.</summary>
    public OppBounds Bounds { get; init; } = OppBounds.Default;
}
