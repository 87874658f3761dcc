using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Markets;

/// <summary>The lending markets, in numbers.</summary>
/// <param name="Number">The height of the block whose events were applied last; null while no market is held.</param>
/// <param name="Held">Markets whose state is known.</param>
/// <param name="Wanted">Markets that are to be read for the first time, or anew.</param>
/// <param name="AccountsHeld">Accounts whose state is known.</param>
/// <param name="AccountsWanted">Accounts that are to be read.</param>
/// <param name="AccountsLeft">Accounts that left because others borrowed later.</param>
/// <param name="NotTaken">Readings that came too late or for nothing.</param>
[GenerateSerializer, Immutable, Alias("mempulse.market-status")]
public sealed record MarketStatus(
    [property: Id(0)] BlockNumber? Number,
    [property: Id(1)] int Held,
    [property: Id(2)] int Wanted,
    [property: Id(3)] int AccountsHeld,
    [property: Id(4)] int AccountsWanted,
    [property: Id(5)] ulong AccountsLeft,
    [property: Id(6)] ulong NotTaken);
