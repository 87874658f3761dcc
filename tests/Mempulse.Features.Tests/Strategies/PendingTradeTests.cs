using Mempulse.Features.Decoding;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>What a pending swap does to the pools of the book, by exact quotes.</summary>
public sealed class PendingTradeTests
{
    private readonly TradeScene _scene = new();

    public PendingTradeTests()
    {
        _scene.Pair("one", "a", 1_000_000, "b", 2_000_000);
        _scene.Pair("two", "b", 3_000_000, "ether", 4_000_000);
    }

    [Fact]
    public void A_path_moves_each_pool_by_what_the_one_before_gives()
    {
        var trade = _scene.Pending(TradeScene.SwapIn(10_000, 0, A, B, TradeScene.Ether));

        var first = new ProductLeg(1_000_000, 2_000_000, ProductFee.UniswapV2);
        var given = first.ExactInput(10_000);
        var second = new ProductLeg(3_000_000, 4_000_000, ProductFee.UniswapV2);
        var received = second.ExactInput(given.AmountOut);
        Assert.Equal((1, 2, 0, false), (trade.Swaps.Count, trade.Moved.Count, trade.UnknownSwaps, trade.WouldFail));
        Assert.Equal([(10_000, given.AmountOut), (given.AmountOut, received.AmountOut)], trade.Swaps[0].Legs.Select(static leg => (leg.AmountIn, leg.AmountOut)));
        Assert.Equal([first.After(given), second.After(received)], trade.Moved.Select(static moved => ((ConstantProductPool)moved.After).From(moved.TokenIn)));
    }

    [Fact]
    public void A_swap_for_an_exact_amount_takes_what_the_router_computes_and_gives_no_more()
    {
        var trade = _scene.Pending(TradeScene.SwapOut(5_000, 100_000, A, B, TradeScene.Ether));

        var second = new ProductLeg(3_000_000, 4_000_000, ProductFee.UniswapV2).ExactOutput(5_000);
        var first = new ProductLeg(1_000_000, 2_000_000, ProductFee.UniswapV2).ExactOutput(second.AmountIn);
        Assert.Equal([(first.AmountIn, second.AmountIn), (second.AmountIn, 5_000)], trade.Swaps[0].Legs.Select(static leg => (leg.AmountIn, leg.AmountOut)));
        Assert.Equal(3_995_000UL, ((ConstantProductPool)trade.Moved[1].After).From(trade.Moved[1].TokenIn).ReserveOut);
        Assert.True(_scene.Pending(TradeScene.SwapOut(5_000, first.AmountIn - UInt256.One, A, B, TradeScene.Ether)).WouldFail);
        Assert.False(_scene.Pending(TradeScene.SwapOut(5_000, first.AmountIn, A, B, TradeScene.Ether)).WouldFail);
    }

    [Fact]
    public void A_swap_below_its_minimum_moves_nothing_and_would_fail()
    {
        var trade = _scene.Pending(TradeScene.SwapIn(10_000, 20_000, A, B));

        Assert.Equal((true, 0, 0), (trade.WouldFail, trade.Moved.Count, trade.Swaps.Count));
    }

    [Fact]
    public void A_pool_that_the_book_does_not_have_makes_a_swap_unknown()
    {
        var trade = _scene.Pending(TradeScene.SwapIn(10_000, 0, A, B, TradeScene.Token("c")));

        Assert.Equal((0, 1, 0), (trade.Swaps.Count, trade.UnknownSwaps, trade.Moved.Count));
    }

    [Fact]
    public void Two_pools_that_fit_make_a_swap_unknown()
    {
        _scene.Pair("again", "a", 5, "b", 5);

        Assert.Equal(1, _scene.Pending(TradeScene.SwapIn(10_000, 0, A, B)).UnknownSwaps);
        Assert.Equal(0, _scene.Pending(TradeScene.SwapHere(10_000, 0, A, B, Named.Account("one"))).UnknownSwaps);
    }

    [Fact]
    public void Those_that_run_before_move_the_pools_for_the_next_one_alone()
    {
        byte[] swap = TradeScene.SwapIn(10_000, 0, A, B);
        var first = new ProductLeg(1_000_000, 2_000_000, ProductFee.UniswapV2);
        var before = first.ExactInput(10_000);

        _scene.Follow(swap);
        var trade = _scene.Pending(swap);

        Assert.Equal(first.After(before).ExactInput(10_000).AmountOut, trade.Swaps[0].Legs[0].AmountOut);
        Assert.Equal(first.After(before), ((ConstantProductPool)trade.Swaps[0].Legs[0].Before).From(trade.Swaps[0].Legs[0].TokenIn));
        Assert.Single(trade.Moved);
        Assert.Equal(before.AmountOut, _scene.Pending(swap).Swaps[0].Legs[0].AmountOut);
    }

    [Fact]
    public void The_amounts_of_a_function_that_drifts_move_no_pool()
    {
        _scene.Drifts("swapIn(uint256,uint256,address[])");

        var trade = _scene.Pending(TradeScene.SwapIn(10_000, 0, A, B));

        Assert.Equal((0, 1, AmountMeaning.Stated), (trade.Moved.Count, trade.UnknownSwaps, Assert.Single(trade.Trades).AmountIn.Meaning));
        Assert.Single(_scene.Pending(TradeScene.SwapHere(10_000, 0, A, B, Named.Account("one"))).Moved);
    }

    private static Address A => TradeScene.Token("a");

    private static Address B => TradeScene.Token("b");
}
