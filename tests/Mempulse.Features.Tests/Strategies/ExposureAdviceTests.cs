using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Strategies;
using Mempulse.Features.Tests.Pools;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>What a pending swap may lose is advice for its sender. No bundle is built from it.</summary>
public sealed class ExposureAdviceTests
{
    private static readonly ExposureAdvice s_strategy = new();

    [Fact]
    public void The_loss_of_every_swap_of_the_vectors_is_exact_and_the_suggested_minimum_is_above_its_own()
    {
        using var vectors = MevVectors.Read("v2-sandwich-bounds.json.zst");
        int advised = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var scene = new TradeScene();
            scene.Pair("pool", "a", MevVectors.Number(vector, "reserveIn"), "ether", MevVectors.Number(vector, "reserveOut"));
            var (amount, minimum) = (MevVectors.Number(vector, "amountIn"), MevVectors.Number(vector, "minOut"));

            var found = scene.Find(s_strategy, TradeScene.SwapHere(amount, minimum, TradeScene.Token("a"), TradeScene.Ether, Named.Account("pool"))).Found;

            string gross = vector.GetProperty("grossProfitAtMax").GetString()!;
            var loss = MevVectors.Number(vector, "victimLossAtMax");
            if (gross[0] == '-' || gross == "0" || loss.IsZero)
            {
                Assert.Empty(found);
                continue;
            }

            var advice = Assert.Single(found);
            Assert.Equal((loss, loss, TradeScene.Ether, amount, true), (advice.Profit, advice.ValueWei, advice.Token, advice.Input, advice.IsExact));
            Assert.True(advice.SaferMinimum > minimum && advice.SaferMinimum <= MevVectors.Number(vector, "quoted"));
            Assert.Equal(new OppLeg(Named.Account("pool"), default, TradeScene.Token("a"), TradeScene.Ether, amount, MevVectors.Number(vector, "quoted")), Assert.Single(advice.Legs));
            advised++;
        }

        Assert.True(advised > 50, $"{advised} are advised");
    }

    [Fact]
    public void The_last_pool_of_a_path_is_looked_at_with_what_the_pool_before_gives()
    {
        var scene = new TradeScene();
        scene.Pair("first", "a", 1_000_000, "b", 1_000_000);
        scene.Pair("last", "b", 1_000_000, "ether", 1_000_000);

        var advice = Assert.Single(scene.Find(s_strategy, TradeScene.SwapIn(10_000, 9_000, TradeScene.Token("a"), TradeScene.Token("b"), TradeScene.Ether)).Found);

        var given = new ProductLeg(1_000_000, 1_000_000, ProductFee.UniswapV2).ExactInput(10_000).AmountOut;
        Assert.Equal((Named.Account("last"), given), (advice.Legs[0].Pool, advice.Input));
    }

    [Fact]
    public void What_it_finds_is_advice() => Assert.Equal(OppPurpose.Advice, s_strategy.Purpose);
}
