using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Pools.Ticks;

/// <summary>Rules of a pool of ticks that its contract does not show.</summary>
public sealed class TickPoolTests
{
    private static readonly UInt256 s_million = 1_000_000;

    [Fact]
    public void Every_tick_is_the_tick_of_its_price_and_of_the_last_price_before_the_next()
    {
        for (int tick = TickMath.MinTick; tick < TickMath.MaxTick; tick += 997)
        {
            Assert.Equal(tick, TickMath.TickAt(TickMath.SqrtPriceAt(tick)));
            Assert.Equal(tick, TickMath.TickAt(TickMath.SqrtPriceAt(tick + 1) - UInt256.One));
        }

        Assert.Equal(TickMath.MaxTick - 1, TickMath.TickAt(TickMath.MaxSqrtPrice - UInt256.One));
    }

    [Fact]
    public void The_first_and_last_prices_are_the_published_ones()
    {
        Assert.Equal((UInt256)4_295_128_739, TickMath.MinSqrtPrice);
        Assert.Equal("1461446703485210103287273052203988822378723970342", TickMath.MaxSqrtPrice.ToString());
        Assert.Equal("79228162514264337593543950336", TickMath.SqrtPriceAt(0).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(static () => TickMath.SqrtPriceAt(TickMath.MaxTick + 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TickMath.SqrtPriceAt(TickMath.MinTick - 1));
    }

    [Fact]
    public void A_swap_that_leaves_the_tracked_words_is_incomplete_and_changes_nothing()
    {
        var narrow = Pool(new TickTable(60, 0, 0, [KeyValuePair.Create(0, (Int128)1_000_000)]));
        var enough = narrow.SwapExactInput(1, 0, 10);
        var tooMuch = narrow.SwapExactInput(1, 0, s_million * 1_000_000);

        Assert.True(enough.Quote.IsFilled);
        Assert.NotEqual(narrow, enough.After);
        Assert.Equal(QuoteFailure.IncompleteLiquidity, tooMuch.Quote.Failure);
        Assert.Equal(narrow, tooMuch.After);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_pool_tracked_in_part_answers_as_the_whole_pool_or_that_it_does_not_know(int tokenIn)
    {
        var random = new PoolRandom(3);
        int incomplete = 0;
        int same = 0;
        for (int i = 0; i < 300; i++)
        {
            var ticks = Enumerable.Range(0, 6).Select(_ => random.Between(-1_200, 1_199) * 60).Distinct().Order().ToArray();
            var nets = ticks.Select(static (tick, index) => KeyValuePair.Create(tick, (Int128)(index % 2 == 0 ? 5_000_000_000 : -5_000_000_000))).ToArray();
            int middle = random.Between(-70_000, 70_000);
            Int128 liquidity = nets.Where(tick => tick.Key <= middle).Aggregate((Int128)0, static (sum, tick) => sum + tick.Value);
            var state = new TickState(TickMath.SqrtPriceAt(middle), middle, (ulong)liquidity);
            var whole = new TickPool(TickTable.Whole(60, nets), state, TickFees.V3(3_000), TickRules.UniswapV3);
            int word = (int)Math.Floor(middle / 60m) >> 8;
            var (first, last) = (word - random.Below(3), word + random.Below(3));
            var part = whole with { Ticks = new TickTable(60, first, last, nets.Where(tick => tick.Key / 60 >> 8 >= first && tick.Key / 60 >> 8 <= last)) };
            var amount = random.Number(1, 48);
            var (expected, actual) = (whole.QuoteExactInput(tokenIn, 1 - tokenIn, amount), part.QuoteExactInput(tokenIn, 1 - tokenIn, amount));

            Assert.True(actual == expected || actual.Failure == QuoteFailure.IncompleteLiquidity, $"{actual}, not {expected}");
            incomplete += actual.Failure == QuoteFailure.IncompleteLiquidity ? 1 : 0;
            same += actual == expected && actual.IsFilled ? 1 : 0;
        }

        Assert.True(incomplete > 20 && same > 20, $"{incomplete} incomplete, {same} the same");
    }

    [Fact]
    public void Two_swaps_give_what_their_pools_in_turn_give()
    {
        var pool = Pool(TickTable.Whole(60, [KeyValuePair.Create(-600, (Int128)1_000_000), KeyValuePair.Create(600, (Int128)(-1_000_000))]));
        var first = pool.SwapExactInput(0, 1, 1_000);
        var second = first.After.SwapExactInput(0, 1, 1_000);

        Assert.True(second.Quote.AmountOut < first.Quote.AmountOut);
        Assert.Equal(first.Quote, pool.QuoteExactInput(0, 1, 1_000));
    }

    [Fact]
    public void Ticks_that_a_pool_cannot_have_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => TickTable.Whole(60, [KeyValuePair.Create(61, (Int128)1)]));
        Assert.Throws<ArgumentException>(static () => TickTable.Whole(60, [KeyValuePair.Create(60, (Int128)1), KeyValuePair.Create(60, (Int128)2)]));
        Assert.Throws<ArgumentException>(static () => new TickTable(1, 0, 0, [KeyValuePair.Create(256, (Int128)1)]));
        Assert.Throws<ArgumentException>(static () => new TickTable(1, 0, 0, [KeyValuePair.Create(-1, (Int128)1)]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TickTable.Whole(0, []));
    }

    [Fact]
    public void A_state_that_no_contract_keeps_is_refused()
    {
        var pool = Pool(TickTable.Whole(60, []));
        var tooLiquid = pool with { State = pool.State with { Liquidity = new UInt256(0, 0, 1, 0) } };
        var unset = pool with { State = default };

        Assert.Equal(QuoteFailure.Refused, tooLiquid.QuoteExactInput(0, 1, 1).Failure);
        Assert.Equal(QuoteFailure.Refused, unset.QuoteExactInput(0, 1, 1).Failure);
        Assert.Equal(QuoteFailure.Refused, (pool with { State = pool.State with { SqrtPriceX96 = TickMath.MaxSqrtPrice } }).QuoteExactInput(0, 1, 1).Failure);
    }

    [Fact]
    public void Liquidity_that_a_tick_takes_away_twice_is_an_overflow()
    {
        var pool = Pool(TickTable.Whole(60, [KeyValuePair.Create(60, (Int128)(-2_000_000))]));

        Assert.Equal(QuoteFailure.Overflow, pool.QuoteExactInput(1, 0, s_million * 1_000).Failure);
    }

    [Fact]
    public void The_same_token_cannot_be_given_and_received()
    {
        var pool = Pool(TickTable.Whole(60, []));

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.QuoteExactInput(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.QuoteExactInput(0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.QuoteExactOutput(-1, 0, 1));
    }

    private static TickPool Pool(TickTable ticks) => new(ticks, new TickState(TickMath.SqrtPriceAt(0), 0, s_million), TickFees.V3(3_000), TickRules.UniswapV3);
}
