using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>An account or a reserve to hold against the chain.</summary>
/// <param name="Market">The market.</param>
/// <param name="Id">The account, or the token of the reserve, as a word.</param>
/// <param name="Slots">What slots of the market's contracts have to be.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-market-sample")]
public sealed record PlannedMarketSample([property: Id(0)] Address Market, [property: Id(1)] Hash256 Id, [property: Id(2)] IReadOnlyList<PlannedMarketSlot> Slots);
