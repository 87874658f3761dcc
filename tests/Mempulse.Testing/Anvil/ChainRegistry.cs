using System.Text.Json.Nodes;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Testing.Anvil;

/// <summary>The shipped registry, with the factories, routers and the wrapped ether of a test's chain.</summary>
public static class ChainRegistry
{
    private static readonly PoolTier s_tier = new(3, 1_000, 0);

    /// <summary>The text of the registry.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="shipped">The text of the shipped one.</param>
    public static string Of(UniswapChain chain, string shipped)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var registry = JsonNode.Parse(shipped)!;
        registry["wrappedEther"]!["1"] = chain.Weth.ToString();
        registry["hubs"] = new JsonObject();
        var factories = new JsonArray();
        Add(registry, factories, chain, "uniswap-v2", chain.Factory, chain.Router);
        if (chain.Other is var (factory, router))
        {
            Add(registry, factories, chain, "sushiswap", factory, router);
        }

        registry["factories"] = factories;
        return registry.ToJsonString();
    }

    /// <summary>The pair of wrapped ether and the first token that a factory makes.</summary>
    public static Address PairOf(UniswapChain chain, Address factory)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var (low, high) = chain.Weth < chain.Tokens[0] ? (chain.Weth, chain.Tokens[0]) : (chain.Tokens[0], chain.Weth);
        return new PoolFactory(factory, "uniswap-v2", PoolForm.Pair, chain.PairCodeHash, [s_tier]).PoolOf(low, high, s_tier);
    }

    private static void Add(JsonNode registry, JsonArray factories, UniswapChain chain, string protocol, Address factory, Address router)
    {
        factories.Add(new JsonObject
        {
            ["name"] = protocol,
            ["protocol"] = protocol,
            ["form"] = "pair",
            ["address"] = factory.ToString(),
            ["initCodeHash"] = chain.PairCodeHash.ToString(),
            ["tiers"] = new JsonArray(new JsonObject { ["fee"] = s_tier.Fee, ["of"] = s_tier.Of }),
        });
        registry["contracts"]!.AsArray().Add(new JsonObject
        {
            ["address"] = router.ToString(), ["name"] = $"Router of {protocol}", ["protocol"] = protocol, ["kind"] = "dex", ["abis"] = new JsonArray("uniswap-v2-router"),
        });
    }
}
