using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Exposure;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Pools.Exposure;

/// <summary>How a pending swap could be sandwiched, what it would lose, and the minimum that prevents it.</summary>
public sealed class ExposureSearchTests
{
    [Fact]
    public void The_largest_front_run_of_a_V2_swap_its_loss_and_the_profit_are_exact()
    {
        using var vectors = MevVectors.Read("v2-sandwich-bounds.json.zst");
        int count = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var pool = new ConstantProductPool(MevVectors.Number(vector, "reserveIn"), MevVectors.Number(vector, "reserveOut"), ProductFee.UniswapV2);
            Assert.True(ExposureSearch.TryFind(
                pool, 0, 1, MevVectors.Number(vector, "amountIn"), MevVectors.Number(vector, "minOut"), ExposureSearch.ExactQuotes, out var exposure));

            Assert.True(exposure.IsExact);
            Assert.Equal(MevVectors.Number(vector, "quoted"), exposure.Quoted);
            Assert.Equal(MevVectors.Number(vector, "maxFrontRun"), exposure.FrontRun);
            Assert.Equal(MevVectors.Number(vector, "victimOutAtMax"), exposure.Output);
            Assert.Equal(MevVectors.Number(vector, "victimLossAtMax"), exposure.Loss);
            string gross = vector.GetProperty("grossProfitAtMax").GetString()!;
            Assert.Equal(gross[0] == '-' ? "0" : gross, exposure.GrossProfit.ToString());
            count++;
        }

        Assert.Equal(150, count);
    }

    [Fact]
    public void A_V3_swap_is_enclosed_by_at_most_64_quotes()
    {
        var random = new PoolRandom(31);
        int exact = 0;
        int exposed = 0;
        for (int i = 0; i < 200; i++)
        {
            var pool = new CountedPool(Ticks(random));
            int tokenIn = random.Below(2);
            var amount = random.Number(40, 70);
            var quote = pool.QuoteExactInput(tokenIn, 1 - tokenIn, amount);
            pool.Count.Reset();
            UInt256.TryMultiplyDivide(quote.AmountOut, (ulong)random.Between(9_000, 9_990), 10_000, out var minimum, out _);
            if (!ExposureSearch.TryFind(pool, tokenIn, 1 - tokenIn, amount, minimum, ExposureSearch.MaxQuotes, out var exposure))
            {
                continue;
            }

            exposed++;
            Assert.True(pool.Count.Value <= ExposureSearch.MaxQuotes, $"{pool.Count.Value} quotes");
            Assert.Equal(quote.AmountOut, exposure.Quoted);
            Assert.True(Output(pool.Inner, tokenIn, exposure.FrontRun, amount) >= minimum);
            Assert.True(Output(pool.Inner, tokenIn, exposure.Unfilled, amount) < minimum);
            UInt256.Divide(exposure.FrontRun, 1_000_000, out var millionth);
            exact += exposure.Unfilled - exposure.FrontRun <= millionth + UInt256.One ? 1 : 0;
        }

        Assert.True(exposed > 100, $"{exposed} of 200 are exposed");
        Assert.True(exact > exposed * 9 / 10, $"{exact} of {exposed} are exact to a millionth");
    }

    [Theory]
    [InlineData(ExposureSearch.ExactQuotes)]
    [InlineData(18)]
    public void With_the_safer_minimum_no_front_run_pays(int quotes)
    {
        var random = new PoolRandom(37);
        int unsafeCount = 0;
        for (int i = 0; i < 200; i++)
        {
            var pool = new ConstantProductPool(random.Number(60, 90), random.Number(60, 90), ProductFee.UniswapV2);
            UInt256.ShiftRight(pool.Reserve0, random.Between(2, 8), out var amount);
            UInt256.ShiftRight(amount, random.Between(6, 16), out var cost);
            var quoted = pool.QuoteExactInput(0, 1, amount).AmountOut;
            UInt256.TryMultiplyDivide(quoted, (ulong)random.Between(9_000, 9_990), 10_000, out var minimum, out _);
            Assert.True(ExposureSearch.TryFind(pool, 0, 1, amount, minimum, ExposureSearch.ExactQuotes, out var exposure));
            var safer = ExposureSearch.SaferMinimum(pool, 0, 1, amount, exposure, cost, quotes);
            if (safer.IsZero)
            {
                Assert.True(Gain(pool, exposure.FrontRun, amount) <= cost);
                continue;
            }

            unsafeCount++;
            Assert.True(safer > minimum && safer <= quoted);
            UInt256.Divide(pool.Reserve0, pool.Reserve1, out var unit);
            Assert.True(ExposureSearch.TryFind(pool, 0, 1, amount, safer, ExposureSearch.ExactQuotes, out var rest));
            for (int j = 0; j < 20; j++)
            {
                // Rounding may give a front-runner two units of the token that it buys.
                var frontRun = j == 0 ? rest.FrontRun : random.Below(rest.FrontRun + UInt256.One);
                Assert.True(Gain(pool, frontRun, amount) <= cost + 2 + (unit * 4), $"{frontRun} gains {Gain(pool, frontRun, amount)}, and costs {cost}");
            }

            Assert.True(Gain(pool, exposure.FrontRun, amount) > cost);
        }

        Assert.True(unsafeCount > 50, $"{unsafeCount} are unsafe");
    }

    [Fact]
    public void A_swap_that_is_not_filled_is_not_exposed()
    {
        var pool = new ConstantProductPool(1_000_000, 1_000_000, ProductFee.UniswapV2);

        Assert.False(ExposureSearch.TryFind(pool, 0, 1, 1_000, 998, ExposureSearch.MaxQuotes, out _));
        Assert.True(ExposureSearch.TryFind(pool, 0, 1, 1_000, 996, ExposureSearch.MaxQuotes, out var exposure));
        Assert.Equal((996UL, 996UL), (exposure.Quoted.LowUInt64, exposure.Output.LowUInt64));
    }

    private static UInt256 Gain(ConstantProductPool pool, UInt256 frontRun, UInt256 amount)
    {
        var first = pool.SwapExactInput(0, 1, frontRun);
        var second = first.After.SwapExactInput(0, 1, amount);
        var sold = second.After.QuoteExactInput(1, 0, first.Quote.AmountOut).AmountOut;
        return first.Quote.IsFilled && sold > frontRun ? sold - frontRun : UInt256.Zero;
    }

    private static UInt256 Output(IPool pool, int tokenIn, UInt256 frontRun, UInt256 amount)
    {
        var quote = pool.SwapExactInput(tokenIn, 1 - tokenIn, frontRun).After.QuoteExactInput(tokenIn, 1 - tokenIn, amount);
        return quote.IsFilled ? quote.AmountOut : UInt256.Zero;
    }

    private static TickPool Ticks(PoolRandom random)
    {
        int middle = random.Between(-3_000, 3_000);
        var nets = new SortedDictionary<int, Int128>();
        Int128 inRange = 0;
        for (int i = 0; i < 6; i++)
        {
            int low = ((middle / 60) - random.Between(1, 200)) * 60;
            int high = ((middle / 60) + random.Between(1, 200)) * 60;
            var liquidity = (Int128)random.Number(50, 63).LowUInt64;
            nets[low] = nets.GetValueOrDefault(low) + liquidity;
            nets[high] = nets.GetValueOrDefault(high) - liquidity;
            inRange += liquidity;
        }

        return new TickPool(TickTable.Whole(60, nets), new TickState(TickMath.SqrtPriceAt(middle), middle, new UInt256((ulong)((UInt128)inRange & ulong.MaxValue), (ulong)((UInt128)inRange >> 64), 0, 0)), TickFees.V3(3_000), TickRules.UniswapV3);
    }

    private sealed class Counter
    {
        public int Value { get; private set; }

        public void Increment() => Value++;

        public void Reset() => Value = 0;
    }

    /// <summary>A pool that counts quotes, its own and those of the pools after it.</summary>
    private sealed class CountedPool(IPool inner, Counter? count = null) : IPool
    {
        public IPool Inner => inner;

        public Counter Count { get; } = count ?? new Counter();

        public int TokenCount => inner.TokenCount;

        public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
        {
            Count.Increment();
            return inner.QuoteExactInput(tokenIn, tokenOut, amountIn);
        }

        public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut)
        {
            Count.Increment();
            return inner.QuoteExactOutput(tokenIn, tokenOut, amountOut);
        }

        public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn)
        {
            Count.Increment();
            var swap = inner.SwapExactInput(tokenIn, tokenOut, amountIn);
            return swap with { After = new CountedPool(swap.After, Count) };
        }
    }
}
