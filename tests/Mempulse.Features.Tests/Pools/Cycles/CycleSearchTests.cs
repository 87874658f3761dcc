using System.Text.Json;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Tests.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Pools.Cycles;

/// <summary>Cycles through pools of several families.</summary>
public sealed class CycleSearchTests
{
    [Fact]
    public void Each_leg_of_a_recorded_path_is_derived_from_the_rounded_output_before_it()
    {
        using var vectors = MevVectors.Read("pool-paths.json.zst");
        foreach (var path in vectors.RootElement.EnumerateArray().Where(static path => path.GetProperty("v2Output").ValueKind == JsonValueKind.String))
        {
            var legs = Legs(path);
            var last = legs[^1].Pool.QuoteExactInput(legs[^1].TokenIn, legs[^1].TokenOut, MevVectors.Number(path, "v2Input"));
            var amount = MevVectors.Number(path, "input");
            var outputs = path.GetProperty("outputs").EnumerateArray().Select(MevVectors.Number).ToArray();
            for (int i = 0; i < legs.Count - 1; i++)
            {
                amount = legs[i].Pool.QuoteExactInput(legs[i].TokenIn, legs[i].TokenOut, amount).AmountOut;
                Assert.True(outputs[i] == amount, $"{path.GetProperty("name")}, hop {i}: {amount}, not {outputs[i]}");
            }

            Assert.Equal(MevVectors.Number(path, "v2Output"), last.AmountOut);
            Assert.Equal(last.AmountOut, CycleSearch.Output(legs, MevVectors.Number(path, "input")));
        }
    }

    [Fact]
    public void Recorded_paths_gain_at_least_what_was_found_then()
    {
        using var vectors = MevVectors.Read("pool-paths.json.zst");
        foreach (var path in vectors.RootElement.EnumerateArray())
        {
            var legs = Legs(path);
            var input = MevVectors.Number(path, "input");
            var output = CycleSearch.Output(legs, input);
            var best = CycleSearch.Best(legs);

            Assert.True(output <= input || best.Profit >= output - input, $"{path.GetProperty("name")}: {best}");
            Assert.Equal(OptimumProof.Bounded, best.Proof);
        }
    }

    [Fact]
    public void A_cycle_of_V2_pools_gains_nearly_what_is_exact_and_never_more()
    {
        var random = new PoolRandom(19);
        int found = 0;
        for (int i = 0; i < 100; i++)
        {
            var exact = RandomCycle.Of(random, 2);
            var best = ProductCycle.Best(exact);
            CycleLeg[] legs = [.. exact.Select(static leg => new CycleLeg(new ConstantProductPool(leg.ReserveIn, leg.ReserveOut, leg.Fee), 0, 1))];
            var searched = CycleSearch.Best(legs);

            // Plateaus of rounding are wider than the last interval, so a few units may be missed: less than a millionth here.
            Assert.True(searched.Profit <= best.Profit);
            UInt256.Divide(best.Profit, 1_000_000, out var tolerance);
            Assert.True(best.Profit - searched.Profit <= tolerance + UInt256.One, $"{searched} of {best}");
            found += searched.Profit.IsZero ? 0 : 1;
        }

        Assert.True(found > 20);
    }

    [Fact]
    public void A_small_cycle_of_V2_and_V3_gains_what_trying_every_input_finds()
    {
        var random = new PoolRandom(23);
        int gains = 0;
        for (int i = 0; i < 40; i++)
        {
            CycleLeg[] legs =
            [
                new(new ConstantProductPool(random.Number(9, 12), random.Number(9, 12), ProductFee.UniswapV2), 0, 1),
                new(Ticks(random), 0, 1),
            ];
            var expected = UInt256.Zero;
            for (ulong input = 1; input < 3_000; input++)
            {
                var output = CycleSearch.Output(legs, input);
                expected = output > input && output - input > expected ? output - input : expected;
            }

            var best = CycleSearch.Best(legs);
            Assert.True(best.Profit <= expected && best.Profit + (expected.IsZero ? 0UL : 2) >= expected, $"{best}, not {expected}");
            gains += expected.IsZero ? 0 : 1;
        }

        Assert.True(gains > 10, $"{gains} gain");
    }

    [Fact]
    public void From_an_input_that_gains_the_search_finds_as_much_with_a_third_of_the_quotes()
    {
        var random = new PoolRandom(31);
        int gains = 0;
        for (int i = 0; i < 60; i++)
        {
            var counted = new Counted(new ConstantProductPool(random.Number(60, 70), random.Number(60, 70), ProductFee.UniswapV2));
            CycleLeg[] legs = [new(counted, 0, 1), new(LargeTicks(random), 0, 1)];
            var all = CycleSearch.Best(legs);
            if (all.Profit.IsZero)
            {
                continue;
            }

            int evaluations = counted.Take();
            UInt256.ShiftRight(all.Input, random.Between(0, 9), out var start);
            var from = CycleSearch.Best(legs, start);

            UInt256.Divide(all.Profit, 1_000_000_000, out var tolerance);
            Assert.True(from.Profit + tolerance + UInt256.One >= all.Profit, $"{from}, not {all}");
            Assert.InRange(counted.Take(), 1, evaluations * 2 / 3);
            var quick = CycleSearch.Best(legs, start, most: 64);
            Assert.InRange(counted.Take(), 1, 64);
            UInt256.Divide(all.Profit, 100, out tolerance);
            Assert.True(quick.Profit + tolerance >= all.Profit, $"{quick}, not {all}");
            gains++;
        }

        Assert.True(gains > 15, $"{gains} gain");
    }

    [Fact]
    public void A_start_that_does_not_gain_is_as_good_as_none()
    {
        var random = new PoolRandom(37);
        for (int i = 0; i < 20; i++)
        {
            CycleLeg[] legs = [new(new ConstantProductPool(random.Number(60, 70), random.Number(60, 70), ProductFee.UniswapV2), 0, 1), new(LargeTicks(random), 0, 1)];

            Assert.Equal(CycleSearch.Best(legs), CycleSearch.Best(legs, start: new UInt256(0, 1UL << 40, 0, 0)));
        }
    }

    [Fact]
    public void A_cycle_without_pools_or_with_too_many_is_refused()
    {
        var leg = new CycleLeg(new ConstantProductPool(100, 100, ProductFee.UniswapV2), 0, 1);

        Assert.Throws<ArgumentException>(static () => CycleSearch.Best([]));
        Assert.Throws<ArgumentException>(() => CycleSearch.Best([leg, leg, leg, leg, leg]));
    }

    [Fact]
    public void A_pool_that_does_not_know_ends_the_cycle()
    {
        var pool = Narrow();

        Assert.False(pool.QuoteExactInput(1, 0, 1_000_000).AmountOut.IsZero); // as far as it is tracked
        Assert.Equal(UInt256.Zero, CycleSearch.Output([new CycleLeg(pool, 1, 0)], 1_000_000));
    }

    private static TickPool Narrow() =>
        new(new TickTable(60, 0, 0, []), new TickState(TickMath.SqrtPriceAt(0), 0, 1_000), TickFees.V3(3_000), TickRules.UniswapV3);

    private static TickPool Ticks(PoolRandom random)
    {
        int width = random.Between(1, 100) * 60;
        long liquidity = random.Between(1_000, 4_000);
        return new TickPool(
            TickTable.Whole(60, [KeyValuePair.Create(-width, (Int128)liquidity), KeyValuePair.Create(width, (Int128)(-liquidity))]),
            new TickState(TickMath.SqrtPriceAt(0), 0, (ulong)liquidity), TickFees.V3(500), TickRules.UniswapV3);
    }

    private static TickPool LargeTicks(PoolRandom random)
    {
        var liquidity = random.Number(66, 72);
        var size = (Int128)new UInt128(liquidity.Limb(1), liquidity.Limb(0));
        int tick = random.Between(-9_000, 9_000);
        return new TickPool(
            TickTable.Whole(60, [KeyValuePair.Create(-60_000, size), KeyValuePair.Create(60_000, -size)]),
            new TickState(TickMath.SqrtPriceAt(tick), tick, liquidity),
            TickFees.V3(3_000),
            TickRules.UniswapV3);
    }

    /// <summary>A pool that counts what it is asked.</summary>
    private sealed class Counted(IPool pool) : IPool
    {
        private int _count;

        public int TokenCount => pool.TokenCount;

        public int Take() => Interlocked.Exchange(ref _count, 0);

        public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
        {
            _count++;
            return pool.QuoteExactInput(tokenIn, tokenOut, amountIn);
        }

        public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut) => pool.QuoteExactOutput(tokenIn, tokenOut, amountOut);

        public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn) => pool.SwapExactInput(tokenIn, tokenOut, amountIn);
    }

    private static List<CycleLeg> Legs(JsonElement path) =>
    [
        .. path.GetProperty("hops").EnumerateArray().Select(static hop =>
        {
            int tokenIn = hop.GetProperty("zeroForOne").GetBoolean() ? 0 : 1;
            return new CycleLeg(Pool(hop), tokenIn, 1 - tokenIn);
        }),
    ];

    private static IPool Pool(JsonElement hop)
    {
        if (hop.TryGetProperty("reserve0", out _))
        {
            return new ConstantProductPool(MevVectors.Number(hop, "reserve0"), MevVectors.Number(hop, "reserve1"), ProductFee.UniswapV2);
        }

        uint fee = hop.GetProperty("fee").GetUInt32();
        return hop.GetProperty("family").GetString() == "uniswap_v4"
            ? TickVectors.Pool(hop, TickFees.V4(hop.GetProperty("protocolFee").GetUInt32(), fee), TickRules.UniswapV4)
            : TickVectors.Pool(hop, TickFees.V3(fee), TickRules.UniswapV3);
    }
}
