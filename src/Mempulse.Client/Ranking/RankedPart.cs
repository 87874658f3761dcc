namespace Mempulse.Client.Ranking;

/// <summary>A place in a ranking.</summary>
/// <param name="Rank">The place, from 1.</param>
/// <param name="Tx">The transaction.</param>
/// <param name="Score">Its score.</param>
/// <param name="AboveNext">Why it ranks above the next one, in words and numbers; empty for the last of all.</param>
public sealed record RankedPart(int Rank, string Tx, ScoredPart Score, IReadOnlyList<string> AboveNext);
