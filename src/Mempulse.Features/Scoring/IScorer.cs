using Mempulse.Features.Traits;

namespace Mempulse.Features.Scoring;

/// <summary>Turns features into a score. A function of its arguments, with integers only.</summary>
/// <remarks>Immutable and thread-safe. Its version rises whenever the same features give another score.</remarks>
public interface IScorer
{
    /// <summary>Its name in configuration and in events, such as "expected-value".</summary>
    string Id { get; }

    /// <summary>Its version, from 1.</summary>
    int Version { get; }

    /// <summary>Scores a transaction, or what was found to be done about it.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="features">Its features. For an opportunity, they have the value that the strategy found.</param>
    ScoreParts Score(in TxTraits tx, in TxFeatures features);

    /// <summary>Says in words and numbers what each part of the score comes from.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="features">Its features.</param>
    IReadOnlyList<ScoreReason> Explain(in TxTraits tx, in TxFeatures features);
}
