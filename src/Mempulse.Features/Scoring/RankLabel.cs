namespace Mempulse.Features.Scoring;

/// <summary>What a scorer with several scores for one transaction calls each, in the order of their names.</summary>
public enum RankLabel
{
    /// <summary>The only score.</summary>
    None = 0,

    /// <summary>The original's "arbitrage".</summary>
    Arbitrage,

    /// <summary>The original's "backrun".</summary>
    Backrun,

    /// <summary>The original's "sandwich": how attractive a swap is to attackers. Nothing here attacks it.</summary>
    Sandwich,
}
