using Mempulse.Features.Book;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Tests.Strategies;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>A price is the best quote of the pools that fill an amount.</summary>
public sealed class PoolPriceTests
{
    private readonly TradeScene _scene = new();

    public PoolPriceTests()
    {
        _scene.Pair("poor", "a", 1_000_000, "ether", 1_000_000);
        _scene.Pair("rich", "a", 1_000_000, "ether", 2_000_000);
        _scene.Pair("last", "a", 1_000_000, "ether", 1_500_000);
    }

    [Fact]
    public void The_pool_that_gives_the_most_prices_an_input() =>
        Assert.Equal(new ProductLeg(1_000_000, 2_000_000, ProductFee.UniswapV2).ExactInput(1_000).AmountOut, PoolPrice.InEther(_scene.Book, TradeScene.Token("a"), 1_000, TradeScene.Ether));

    [Theory]
    [InlineData(1_000UL)]
    [InlineData(1_700_000UL)] // which the others do not have
    public void The_pool_that_takes_the_least_prices_an_output(ulong amount)
    {
        var trade = Assert.Single(_scene.Pending(TradeScene.SwapOut(amount, UInt256.MaxValue, TradeScene.Token("a"), TradeScene.Ether)).Trades);

        var price = PoolPrice.Find(_scene.Book, trade)!.Value;

        Assert.Equal((Named.Account("rich"), new ProductLeg(1_000_000, 2_000_000, ProductFee.UniswapV2).ExactOutput(amount)), (price.Pool.Key.Contract, price.Quote));
    }

    [Fact]
    public void A_token_without_a_pool_that_fills_it_has_no_price()
    {
        _scene.Pair("empty", "b", 0, "ether", 0);

        Assert.Null(PoolPrice.InEther(_scene.Book, TradeScene.Token("b"), 1_000, TradeScene.Ether));
        Assert.Null(PoolPrice.InEther(_scene.Book, TradeScene.Token("c"), 1_000, TradeScene.Ether));
    }
}
