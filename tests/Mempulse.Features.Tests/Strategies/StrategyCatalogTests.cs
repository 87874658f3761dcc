using Mempulse.Features.Strategies;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>The strategies of this assembly run in an order that logs rely on.</summary>
public sealed class StrategyCatalogTests
{
    [Fact]
    public void Gains_are_looked_for_before_advice() => Assert.Equal(["backrun-arbitrage", "exposure"], StrategyCatalog.All.Select(static strategy => strategy.Id).Take(2));

    [Fact]
    public void Each_is_found_by_its_id() => Assert.All(StrategyCatalog.All, static strategy => Assert.Same(strategy, StrategyCatalog.Instance.Find(strategy.Id)));
}
