using System.Text;
using Mempulse.Features.Checks;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Registry;

/// <summary>The lending markets that a registry names.</summary>
public sealed class LendingReaderTests
{
    private static readonly Address s_oracle = Named.Account("oracle");

    [Fact]
    public void Markets_are_named_by_chain_in_ascending_order()
    {
        var registry = Read($"{Market("b", "\"chains\": [1, 10],")}, {Market("a")}");

        var markets = registry.MarketsOf(new ChainId(1));
        Assert.Equal(new[] { Named.Account("a"), Named.Account("b") }.Order(), markets.Select(static market => market.Contract));
        Assert.All(markets, market => Assert.Equal(("M", "aave-v3", LendingForm.AaveV3, s_oracle), (market.Name, market.Protocol, market.Form, market.Oracle)));
        Assert.Equal([Named.Account("b")], registry.MarketsOf(new ChainId(10)).Select(static market => market.Contract));
        Assert.Empty(registry.MarketsOf(new ChainId(2)));
    }

    [Fact]
    public void The_shipped_registry_names_markets_of_mainnet() =>
        Assert.Contains(ShippedRegistry.Value.MarketsOf(new ChainId(1)), static market => market.Contract == Address.Parse("0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2"));

    [Theory]
    [InlineData("\"form\": \"aave-v9\"", "'aave-v9' is not a valid form of market 'M': expected aave-v3 or compound-v3.")]
    [InlineData("\"form\": \"aave-v3\", \"oracle\": \"0x1\"", "'0x1' of the oracle of market 'M' is not a valid address: expected 0x and 40 hex digits.")]
    [InlineData("\"form\": \"aave-v3\"", "'oracle' is missing in ")]
    public void A_market_that_is_not_whole_is_refused(string members, string problem)
    {
        var refused = Assert.Throws<RegistryException>(() => Read($$"""{"name": "M", "protocol": "aave-v3", "address": "{{Named.Account("a")}}", {{members}}}"""));

        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_market_that_is_there_twice_and_more_than_the_bound_are_refused()
    {
        Assert.Equal($"Market {Named.Account("a")} of chain 1 is there twice.", Assert.Throws<RegistryException>(() => Read($"{Market("a")}, {Market("a")}")).Message);
        Assert.Equal(
            "The registry has 17 markets of chain 1: the limit is 16.",
            Assert.Throws<RegistryException>(() => Read(string.Join(", ", Enumerable.Range(0, 17).Select(static index => Market($"m{index}"))))).Message);
    }

    [Fact]
    public void Another_oracle_is_a_change()
    {
        var before = RegistryReader.ReadContent(Json(Market("a")));
        var after = RegistryReader.ReadContent(Json(Market("a").Replace(s_oracle.ToString(), Named.Account("other").ToString(), StringComparison.Ordinal)));

        var change = Assert.Single(RegistryComparison.Changes(before, after));

        Assert.Equal(("market", $"{Named.Account("a")} of chain 1"), (change.Part, change.Name));
    }

    private static string Market(string name, string members = "") =>
        $$"""{"name": "M", "protocol": "aave-v3", "form": "aave-v3", {{members}} "address": "{{Named.Account(name)}}", "oracle": "{{s_oracle}}"}""";

    private static ContractRegistry Read(string markets) => RegistryReader.Read(Json(markets));

    private static byte[] Json(string markets) => Encoding.UTF8.GetBytes($$"""{"format": 1, "markets": [{{markets}}]}""");
}
