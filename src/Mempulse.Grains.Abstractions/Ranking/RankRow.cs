using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>A place in a ranking.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="Score">Its score.</param>
/// <param name="AboveNext">Why it ranks above the next one; empty for the last of all.</param>
[GenerateSerializer, Immutable, Alias("mempulse.rank-row")]
public sealed record RankRow([property: Id(0)] Hash256 Tx, [property: Id(1)] TxScore Score, [property: Id(2)] IReadOnlyList<string> AboveNext);
