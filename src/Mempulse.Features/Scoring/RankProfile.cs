using Mempulse.Features.Traits;

namespace Mempulse.Features.Scoring;

/// <summary>Which features make which score, under one name. Immutable and thread-safe.</summary>
/// <param name="Id">Its name in configuration and requests.</param>
/// <param name="Extractor">Reads the features.</param>
/// <param name="Scorer">Turns them into scores.</param>
public sealed record RankProfile(string Id, IFeatureExtractor Extractor, IScorer Scorer)
{
    private const int MaxLabels = 8;

    /// <summary>By the value that is to be expected.</summary>
    public static RankProfile Default { get; } = new("expected-value", new MempoolExtractor(), new ExpectedValueScorer());

    /// <summary>By the formulas of the original project, for comparison.</summary>
    public static RankProfile Parity { get; } = new("parity", new TraitExtractor(), new ParityScorer());

    /// <summary>All profiles, in the order of their names.</summary>
    public static IReadOnlyList<RankProfile> All { get; } = [Default, Parity];

    /// <summary>The profile with a name; null if there is no such profile.</summary>
    public static RankProfile? Find(string id)
    {
        foreach (var profile in All)
        {
            if (profile.Id == id)
            {
                return profile;
            }
        }

        return null;
    }

    /// <summary>The versions that a score depends on, such as "mempool/1+expected-value/1".</summary>
    public string Version => $"{Extractor.Id}/{Extractor.Version}+{Scorer.Id}/{Scorer.Version}";

    /// <summary>Scores a transaction and adds its scores to a ranking.</summary>
    public void Rank(in TxTraits tx, FoldViews views, Ranking into)
    {
        ArgumentNullException.ThrowIfNull(into);
        Span<RankedTx> rows = stackalloc RankedTx[MaxLabels];
        foreach (ref readonly var row in rows[..Score(tx, Extractor.Extract(tx, views), rows)])
        {
            into.Add(row);
        }
    }

    /// <summary>Scores a transaction.</summary>
    /// <param name="tx">What the transaction says.</param>
    /// <param name="features">Its features.</param>
    /// <param name="rows">Receives the scores, the highest first.</param>
    /// <returns>Number of scores; always 1 for a scorer without labels.</returns>
    public int Score(in TxTraits tx, in TxFeatures features, Span<RankedTx> rows)
    {
        if (Scorer is ILabellingScorer labelling)
        {
            int count = labelling.Score(tx, features, rows);
            rows[..count].Sort();
            return count;
        }

        rows[0] = new RankedTx(tx.Hash, RankLabel.None, Scorer.Score(tx, features));
        return 1;
    }
}
