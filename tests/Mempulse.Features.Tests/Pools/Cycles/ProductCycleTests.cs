using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Pools.Cycles;

/// <summary>The optimum of a cycle is what trying every input finds.</summary>
public sealed class ProductCycleTests
{
    [Fact]
    public void Small_cycles_give_the_input_and_profit_of_an_exhaustive_search()
    {
        using var vectors = MevVectors.Read("v2-cycles.json.zst");
        int count = 0;
        foreach (var cycle in vectors.RootElement.GetProperty("small").EnumerateArray())
        {
            ProductLeg[] legs = [.. cycle.GetProperty("hops").EnumerateArray().Select(MevVectors.Leg)];

            Assert.Equal(
                new CycleOptimum(MevVectors.Number(cycle, "bestInput"), MevVectors.Number(cycle, "bestProfit"), OptimumProof.Exact),
                ProductCycle.Best(legs));
            count++;
        }

        Assert.Equal(200, count);
    }

    [Fact]
    public void Real_cycles_gain_what_a_window_search_finds_or_more_and_the_profit_is_proven()
    {
        using var vectors = MevVectors.Read("v2-cycles.json.zst");
        int count = 0;
        foreach (var cycle in vectors.RootElement.GetProperty("realScale").EnumerateArray())
        {
            ProductLeg[] legs = [.. cycle.GetProperty("hops").EnumerateArray().Select(MevVectors.Leg)];
            var best = ProductCycle.Best(legs);

            Assert.True(best.Profit >= MevVectors.Number(cycle, "windowProfit"), $"{cycle}: {best}");
            Assert.Equal(OptimumProof.Exact, best.Proof);
            Assert.Equal(best.Input + best.Profit, ProductCycle.Output(legs, best.Input));
            count++;
        }

        Assert.Equal(100, count);
    }

    [Theory]
    [InlineData(2, 6, 12)]
    [InlineData(3, 6, 12)]
    [InlineData(2, 2, 8)]
    [InlineData(3, 2, 8)]
    public void Random_cycles_gain_what_trying_every_input_finds(int hops, int leastBits, int mostBits)
    {
        var random = new PoolRandom(7);
        for (int i = 0; i < 150; i++)
        {
            ProductLeg[] legs = [.. Enumerable.Range(0, hops).Select(_ => new ProductLeg(random.Number(leastBits, mostBits), random.Number(leastBits, mostBits), RandomCycle.Fee(random)))];
            var expected = default(CycleOptimum);
            for (ulong input = 1; input < 1UL << (mostBits + 1); input++)
            {
                var output = ProductCycle.Output(legs, input);
                if (output > input && output - input > expected.Profit)
                {
                    expected = new CycleOptimum(input, output - input, OptimumProof.Exact);
                }
            }

            Assert.True(expected == ProductCycle.Best(legs), $"{string.Join(", ", legs)}: {ProductCycle.Best(legs)}, not {expected}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Tokens_of_any_number_of_decimals_give_proven_optima(int hops)
    {
        var random = new PoolRandom(11);
        int exact = 0;
        int gains = 0;
        for (int i = 0; i < 300; i++)
        {
            ProductLeg[] legs = RandomCycle.Of(random, hops);
            var best = ProductCycle.Best(legs);
            exact += best.Proof == OptimumProof.Exact ? 1 : 0;
            gains += best.Profit.IsZero ? 0 : 1;
            Assert.True(best.Profit.IsZero || ProductCycle.Output(legs, best.Input) == best.Input + best.Profit);
            for (int j = 0; j < 20 && !best.Profit.IsZero; j++)
            {
                // Inputs beside the optimum gain no more.
                var input = random.OneIn(2) ? best.Input + random.Number(1, 40) : random.Below(best.Input) + UInt256.One;
                var output = ProductCycle.Output(legs, input);
                Assert.True(output <= input || output - input <= best.Profit, $"{string.Join(", ", legs)}: {input} gains more than {best}");
            }
        }

        Assert.True(gains > 100, $"{gains} gain");
        Assert.True(exact >= 295, $"{exact} of 300 are proven");
    }

    [Fact]
    public void Pools_of_nearly_equal_tokens_give_proven_optima()
    {
        var random = new PoolRandom(47);
        int exact = 0;
        int gains = 0;
        for (int i = 0; i < 100; i++)
        {
            // Neighbouring inputs round alike where a token buys nearly one of the other.
            var depth = random.Number(79, 89);
            UInt256.ShiftRight(depth, random.Between(8, 30), out var lead);
            var fee = new ProductFee(999_999, 1_000_000);
            var best = ProductCycle.Best([new(depth, depth + lead, fee), new(depth, depth + lead, fee)]);
            gains += best.Profit.IsZero ? 0 : 1;
            exact += best.Profit.IsZero || best.Proof == OptimumProof.Exact ? 1 : 0;
        }

        Assert.True(gains > 30 && exact >= 97, $"{gains} gain, {exact} are proven");
    }

    [Fact]
    public void An_input_at_the_limit_of_a_reserve_is_the_best_that_the_pair_accepts()
    {
        // The closed form asks for more than the first pair may hold.
        var most = ProductLeg.MaxReserve;
        UInt256.ShiftRight(most, 1, out var half);
        ProductLeg[] legs = [new(most - 1_000, most, ProductFee.UniswapV2), new(half, most, ProductFee.UniswapV2)];

        var best = ProductCycle.Best(legs);

        Assert.True(best.Input <= 1_000);
        Assert.False(best.Profit.IsZero);
    }

    [Fact]
    public void An_empty_pool_gains_nothing() =>
        Assert.Equal(default, ProductCycle.Best([new(0, 100, ProductFee.UniswapV2), new(100, 1_000, ProductFee.UniswapV2)]));

    [Fact]
    public void A_cycle_of_one_pool_is_refused() =>
        Assert.Throws<ArgumentException>(static () => ProductCycle.Best([new(100, 100, ProductFee.UniswapV2)]));
}
