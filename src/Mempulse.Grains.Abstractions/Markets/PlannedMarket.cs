using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>What is to be read of a market.</summary>
/// <param name="Contract">The market.</param>
/// <param name="Oracle">The contract that prices its tokens; the zero address for a market that does so itself.</param>
/// <param name="IsWanted">True if the market itself is to be read.</param>
/// <param name="Reserves">Its reserves by their places, as far as they are known.</param>
/// <param name="Accounts">Accounts that are to be read.</param>
/// <param name="Form">How it keeps its state: the number of a form in the registry.</param>
[GenerateSerializer, Immutable, Alias("mempulse.planned-market")]
public sealed record PlannedMarket(
    [property: Id(0)] Address Contract,
    [property: Id(1)] Address Oracle,
    [property: Id(2)] bool IsWanted,
    [property: Id(3)] IReadOnlyList<PlannedReserve> Reserves,
    [property: Id(4)] IReadOnlyList<Address> Accounts,
    [property: Id(5)] byte Form);
