using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>What is to be read of the chain's lending markets now.</summary>
/// <param name="Head">The block at which it is to be read: the last one whose events the markets have.</param>
/// <param name="Number">Its height.</param>
/// <param name="Markets">Markets of which something is to be read.</param>
/// <param name="Samples">Accounts and reserves whose state is to be held against the chain's.</param>
[GenerateSerializer, Immutable, Alias("mempulse.market-plan")]
public sealed record MarketPlan(
    [property: Id(0)] Hash256 Head, [property: Id(1)] BlockNumber Number, [property: Id(2)] IReadOnlyList<PlannedMarket> Markets, [property: Id(3)] IReadOnlyList<PlannedMarketSample> Samples);
