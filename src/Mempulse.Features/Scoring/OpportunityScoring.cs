namespace Mempulse.Features.Scoring;

/// <summary>How opportunities are scored, and how many of the best are simulated.</summary>
/// <param name="Profile">Which features make which score.</param>
/// <param name="Budget">How many are handed on.</param>
public sealed record OpportunityScoring(RankProfile Profile, HandOnBudget Budget)
{
    /// <summary>What holds where a log states nothing else.</summary>
    public static OpportunityScoring Default { get; } = new(RankProfile.Default, HandOnBudget.Default);
}
