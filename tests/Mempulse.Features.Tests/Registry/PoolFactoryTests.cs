using System.Text.Json;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Registry;

/// <summary>Factories of the shipped registry make pools at the addresses that lists of real pools name.</summary>
public sealed class PoolFactoryTests
{
    [Fact]
    public void Every_pool_of_the_registry_is_where_its_factory_makes_it()
    {
        using var registry = JsonDocument.Parse(ShippedRegistry.Bytes);
        var factories = ShippedRegistry.Value.PoolsOf(new ChainId(1)).Factories.ToDictionary(static factory => factory.Protocol);
        int count = 0;
        foreach (var group in registry.RootElement.GetProperty("pools").EnumerateArray())
        {
            var factory = factories[group.GetProperty("protocol").GetString()!];
            foreach (var pool in group.GetProperty("tokens").EnumerateObject())
            {
                Address[] tokens = [.. pool.Value.EnumerateArray().Select(static token => Address.Parse(token.GetString()!))];
                Assert.Contains(Address.Parse(pool.Name), factory.Tiers.Select(tier => factory.PoolOf(tokens[0], tokens[1], tier)));
                count++;
            }
        }

        Assert.Equal(11_476, count);
    }

    [Theory]
    [InlineData("\"form\": \"round\"", "'round' is not a valid form of factory 'F'")]
    [InlineData("\"form\": \"pair\", \"tiers\": [{\"fee\": 3, \"of\": 1000}], \"initCodeHash\": \"0x12\"", "'0x12' of factory 'F' is not a valid hash")]
    [InlineData("\"form\": \"pair\", \"initCodeHash\": HASH", "Factory 'F' has 0 tiers")]
    [InlineData("\"form\": \"pair\", \"initCodeHash\": HASH, \"tiers\": [{\"fee\": 3, \"of\": 1000}, {\"fee\": 4, \"of\": 1000}]", "Factory 'F' has 2 tiers")]
    [InlineData("\"form\": \"pair\", \"initCodeHash\": HASH, \"tiers\": [{\"fee\": 1000, \"of\": 1000}]", "not a valid tier of factory 'F'")]
    [InlineData("\"form\": \"pair\", \"initCodeHash\": HASH, \"tiers\": [{\"fee\": 3, \"of\": 1000, \"spacing\": 1}]", "not a valid tier of factory 'F'")]
    [InlineData("\"form\": \"ticks\", \"initCodeHash\": HASH, \"tiers\": [{\"fee\": 3000, \"of\": 1000000}]", "not a valid tier of factory 'F'")]
    [InlineData("\"form\": \"ticks\", \"initCodeHash\": HASH, \"tiers\": [{\"fee\": 3, \"of\": 1000, \"spacing\": 1}]", "not a valid tier of factory 'F'")]
    public void A_factory_that_is_not_valid_is_refused(string members, string message)
    {
        string text = $$"""{"format": 1, "factories": [{"name": "F", "protocol": "p", "address": "0x00000000000000000000000000000000000000aa", {{members.Replace("HASH", $"\"{default(Hash256)}\"", StringComparison.Ordinal)}}}]}""";

        var refused = Assert.Throws<RegistryException>(() => RegistryReader.Read(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("factories", 33)]
    [InlineData("hubs", 9)]
    public void More_factories_or_hubs_than_the_bound_are_refused(string what, int count)
    {
        const string Token = "\"0x00000000000000000000000000000000000000aa\"";
        string factory = $"{{\"name\": \"F\", \"protocol\": \"p\", \"form\": \"pair\", \"address\": {Token}, \"initCodeHash\": \"{default(Hash256)}\", \"tiers\": [{{\"fee\": 3, \"of\": 1000}}]}}";
        string items = string.Join(", ", Enumerable.Repeat(what == "hubs" ? Token : factory, count));
        string text = what == "hubs" ? $"{{\"format\": 1, \"hubs\": {{\"1\": [{items}]}}}}" : $"{{\"format\": 1, \"factories\": [{items}]}}";

        var refused = Assert.Throws<RegistryException>(() => RegistryReader.Read(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Equal($"The registry has {count} {what} of chain 1: the limit is {count - 1}.", refused.Message);
    }
}
