namespace Mempulse.Features.Scoring;

/// <summary>How opportunities are scored after the last applied fact.</summary>
public interface IScoringView
{
    /// <summary>The profile and the budget.</summary>
    OpportunityScoring InForce { get; }
}
