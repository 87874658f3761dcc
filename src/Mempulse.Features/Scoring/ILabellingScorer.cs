using Mempulse.Features.Traits;

namespace Mempulse.Features.Scoring;

/// <summary>A scorer that may give one transaction several scores, each with a label, or none.</summary>
public interface ILabellingScorer : IScorer
{
    /// <summary>Most scores of one transaction.</summary>
    int MaxLabels { get; }

    /// <summary>Scores a transaction under each label that it has.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="features">Its features.</param>
    /// <param name="rows">Receives the scores; it has room for <see cref="MaxLabels"/>.</param>
    /// <returns>Number of scores.</returns>
    int Score(in TxTraits tx, in TxFeatures features, Span<RankedTx> rows);
}
