namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>Which opportunities are asked for.</summary>
/// <param name="Status">Open, Invalidated or Expired; empty for all.</param>
/// <param name="Strategy">The strategy; empty for all.</param>
/// <param name="MinScore">The lowest score; null for all.</param>
/// <param name="Limit">How many, from the first rank on.</param>
[GenerateSerializer, Immutable, Alias("mempulse.opp-query")]
public sealed record OppQuery(
    [property: Id(0)] string Status, [property: Id(1)] string Strategy, [property: Id(2)] long? MinScore, [property: Id(3)] int Limit);
