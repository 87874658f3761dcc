namespace Mempulse.Features.Scoring;

/// <summary>A part of a score.</summary>
public enum ScorePart
{
    /// <summary>How much is lost by waiting.</summary>
    Urgency = 0,

    /// <summary>What is to be gained at most.</summary>
    Value,

    /// <summary>How likely it comes to nothing.</summary>
    Risk,
}
