using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;

namespace Mempulse.Features.Tests.Pools.ConstantProduct;

/// <summary>Where a constant product pool refuses a swap.</summary>
public sealed class ConstantProductPoolTests
{
    [Fact]
    public void A_reserve_is_filled_to_its_last_unit_and_no_further()
    {
        var pool = new ConstantProductPool(ProductLeg.MaxReserve - 1_000, ProductLeg.MaxReserve, ProductFee.UniswapV2);

        Assert.True(pool.QuoteExactInput(0, 1, 1_000).IsFilled);
        Assert.Equal(QuoteFailure.Overflow, pool.QuoteExactInput(0, 1, 1_001).Failure);
        Assert.True(pool.QuoteExactOutput(0, 1, 900).IsFilled);
        Assert.Equal(QuoteFailure.Overflow, pool.QuoteExactOutput(0, 1, 1_100).Failure);
    }

    [Fact]
    public void A_swap_of_nothing_for_nothing_or_for_all_is_refused()
    {
        var pool = new ConstantProductPool(1_000_000, 1_000, ProductFee.UniswapV2);

        Assert.Equal(QuoteFailure.NothingGiven, pool.QuoteExactInput(0, 1, 0).Failure);
        Assert.Equal(QuoteFailure.NothingReceived, pool.QuoteExactInput(0, 1, 1_000).Failure);
        Assert.Equal(QuoteFailure.NothingReceived, pool.QuoteExactOutput(0, 1, 0).Failure);
        Assert.True(pool.QuoteExactOutput(0, 1, 999).IsFilled);
        Assert.Equal(QuoteFailure.InsufficientLiquidity, pool.QuoteExactOutput(0, 1, 1_000).Failure);
        Assert.Equal(QuoteFailure.InsufficientLiquidity, (pool with { Reserve0 = 0 }).QuoteExactInput(0, 1, 1_000).Failure);
    }

    [Fact]
    public void A_swap_moves_both_reserves_and_a_refused_one_none()
    {
        var pool = new ConstantProductPool(1_000_000, 2_000_000, ProductFee.UniswapV2);
        var swap = pool.SwapExactInput(1, 0, 10_000);

        Assert.Equal(pool with { Reserve0 = pool.Reserve0 - swap.Quote.AmountOut, Reserve1 = 2_010_000 }, swap.After);
        Assert.Equal(pool, pool.SwapExactInput(0, 1, 0).After);
        Assert.Equal(pool with { Reserve1 = 2_000_007 }, pool.Given(1, 7));
    }
}
