using System.Text.Json;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Balancer;
using Mempulse.Features.Pools.Curve;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Pools;

/// <summary>What deployed pools of Balancer and Curve answered at block 24,407,242.</summary>
public sealed class DeployedPoolTests
{
    [Fact]
    public void Quotes_of_Balancer_pools_are_those_of_the_deployed_vault()
    {
        using var vectors = MevVectors.Read("balancer-quotes.json.zst");
        int count = 0;
        foreach (var json in vectors.RootElement.EnumerateArray())
        {
            var pool = Balancer(json, out int omitted);
            foreach (var query in json.GetProperty("queries").EnumerateArray())
            {
                int tokenIn = Index(query.GetProperty("in").GetInt32(), omitted);
                int tokenOut = Index(query.GetProperty("out").GetInt32(), omitted);
                var amount = MevVectors.Number(query, "amount");
                bool isGivenIn = query.GetProperty("kind").GetString() == "GIVEN_IN";
                var quote = isGivenIn ? pool.QuoteExactInput(tokenIn, tokenOut, amount) : pool.QuoteExactOutput(tokenIn, tokenOut, amount);

                Assert.True(MevVectors.Number(query, "value") == (isGivenIn ? quote.AmountOut : quote.AmountIn), $"{json.GetProperty("name")}: {query}: {quote}");
                count++;
            }
        }

        Assert.Equal(786, count);
    }

    [Fact]
    public void Quotes_of_3pool_are_those_of_the_deployed_pool()
    {
        using var vectors = MevVectors.Read("curve-quotes.json.zst");
        var json = vectors.RootElement[0];
        var pool = new StablePool(
            Numbers(json, "balances"), [.. json.GetProperty("decimals").EnumerateArray().Select(static decimals => Power(36 - decimals.GetInt32()))],
            MevVectors.Number(json, "a_coefficient"), new StableFees(MevVectors.Number(json, "fee"), 0, StableFees.Whole), StableRules.ThreePool);
        foreach (var query in json.GetProperty("queries").EnumerateArray())
        {
            var quote = pool.QuoteView(query.GetProperty("in").GetInt32(), query.GetProperty("out").GetInt32(), MevVectors.Number(query, "amount"));

            Assert.True(MevVectors.Number(query, "value") == quote.AmountOut, $"{query}: {quote}");
        }
    }

    [Fact]
    public void Quotes_of_the_first_tricrypto_are_those_of_the_deployed_pool()
    {
        using var vectors = MevVectors.Read("curve-quotes.json.zst");
        var json = vectors.RootElement[1];
        var fees = new CryptoFees(MevVectors.Number(json, "mid_fee"), MevVectors.Number(json, "out_fee"), MevVectors.Number(json, "fee_gamma"));

        // What A() answers is without the parts of 10,000.
        var pool = new CryptoPool(
            Numbers(json, "balances"), [Power(12), Power(10), UInt256.One], Numbers(json, "price_scale"), MevVectors.Number(json, "d"),
            MevVectors.Number(json, "a_coefficient") * 10_000, MevVectors.Number(json, "gamma"), fees, CryptoRules.Newton);
        foreach (var query in json.GetProperty("queries").EnumerateArray())
        {
            var quote = pool.QuoteExactInput(query.GetProperty("in").GetInt32(), query.GetProperty("out").GetInt32(), MevVectors.Number(query, "amount"));

            Assert.True(MevVectors.Number(query, "value") == quote.AmountOut, $"{query}: {quote}");
        }
    }

    [Fact]
    public void The_input_for_an_output_is_the_least_that_gives_it()
    {
        var pool = new StablePool([Power(24), Power(12)], [Power(18), Power(30)], 2_000, new StableFees(4_000_000, 0, 0), StableRules.ThreePool);
        var quote = pool.QuoteExactOutput(0, 1, 1_000_000);

        Assert.True(quote.IsFilled && quote.AmountOut >= 1_000_000);
        Assert.True(pool.QuoteExactInput(0, 1, quote.AmountIn - UInt256.One).AmountOut < 1_000_000);
        for (ulong amount = 1; amount < 40; amount++)
        {
            var least = pool.QuoteExactOutput(1, 0, amount * 1_000_000_000_000);
            Assert.True(least.AmountOut >= amount * 1_000_000_000_000 && pool.QuoteExactInput(1, 0, least.AmountIn - UInt256.One).AmountOut < amount * 1_000_000_000_000);
        }

        Assert.Equal(QuoteFailure.InsufficientLiquidity, pool.QuoteExactOutput(0, 1, Power(13)).Failure);
        Assert.Equal(QuoteFailure.NothingReceived, pool.QuoteExactOutput(0, 1, 0).Failure);
    }

    private static IPool Balancer(JsonElement json, out int omitted)
    {
        omitted = json.GetProperty("bptIndex").ValueKind == JsonValueKind.Number ? json.GetProperty("bptIndex").GetInt32() : int.MaxValue;
        int own = omitted;
        var fee = MevVectors.Number(json, "fee");
        var balances = Numbers(json, "balances").Where((_, index) => index != own).ToArray();
        if (json.GetProperty("weights").ValueKind == JsonValueKind.Array)
        {
            UInt256[] scales = [.. json.GetProperty("decimals").EnumerateArray().Select(static decimals => Power(36 - decimals.GetInt32()))];
            var shortcut = json.GetProperty("powVersion").GetString() == "v1" ? PowerShortcut.None : PowerShortcut.SmallWholes;
            return new WeightedPool(balances, Numbers(json, "weights"), scales, fee, shortcut);
        }

        // The vector's second invariant is that of the meta-stable pools.
        var rounding = json.GetProperty("invariantVersion").GetInt32() == 2 ? InvariantRounding.Up : InvariantRounding.Down;
        UInt256[] rates = [.. Numbers(json, "scales").Where((_, index) => index != own)];
        return new BalancerStablePool(balances, rates, MevVectors.Number(json, "amplification"), fee, rounding);
    }

    private static int Index(int index, int omitted) => index > omitted ? index - 1 : index;

    private static UInt256[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(MevVectors.Number)];

    private static UInt256 Power(int exponent)
    {
        UInt256 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
