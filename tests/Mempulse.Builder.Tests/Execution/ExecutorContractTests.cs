using Mempulse.Builder.Execution;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Builder.Tests.Execution;

/// <summary>The compiled executor in our own EVM, with real pools: what it gains, what it pays, and what it refuses.</summary>
public sealed class ExecutorContractTests
{
    private static readonly Address s_stranger = Address.Parse("0x00000000000000000000000000000000000beef0");

    private readonly ExecutorScene _scene = new();

    [Fact]
    public void A_cycle_over_two_pairs_gains_what_the_amounts_say_to_the_wei()
    {
        var cycle = _scene.Cycle(_scene.Cheap);

        var result = _scene.Execute(cycle);

        Assert.True(result.IsSuccess);
        var profit = cycle[1].AmountOut - cycle[0].AmountIn;
        Assert.Equal(profit, UInt256.FromBigEndian(result.Output.Span));
        Assert.Equal(ExecutorScene.Ether + profit, _scene.BalanceOf(_scene.Weth, _scene.Executor));
        Assert.Equal(UInt256.Zero, _scene.BalanceOf(_scene.Dollar, _scene.Executor));
    }

    [Fact]
    public void A_pool_with_ticks_is_paid_when_it_calls_back()
    {
        var result = _scene.Execute(_scene.Cycle(_scene.Ticks));

        Assert.True(result.IsSuccess, Convert.ToHexString(result.Output.Span));
        var profit = UInt256.FromBigEndian(result.Output.Span);
        Assert.True(profit > UInt256.Zero);
        Assert.Equal(ExecutorScene.Ether + profit, _scene.BalanceOf(_scene.Weth, _scene.Executor));
        Assert.Equal(UInt256.Zero, _scene.BalanceOf(_scene.Dollar, _scene.Executor));
    }

    [Fact]
    public void The_tip_is_paid_out_of_the_gain_in_ether()
    {
        var cycle = _scene.Cycle(_scene.Cheap);
        var gain = cycle[1].AmountOut - cycle[0].AmountIn;

        var result = _scene.Execute(cycle, leastProfit: 1, tip: gain - 1);

        Assert.True(result.IsSuccess);
        Assert.Equal(UInt256.One, UInt256.FromBigEndian(result.Output.Span));
        Assert.Equal(ExecutorScene.Ether + 1, _scene.BalanceOf(_scene.Weth, _scene.Executor));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void One_wei_less_than_is_asked_for_undoes_everything(ulong moreProfit, ulong moreTip)
    {
        var cycle = _scene.Cycle(_scene.Cheap);
        var gain = cycle[1].AmountOut - cycle[0].AmountIn;

        var result = _scene.Execute(cycle, leastProfit: gain - 10 + moreProfit, tip: 10 + moreTip);

        AssertRefused(result, "ProfitTooSmall(uint256)", gain);
        Assert.Equal(ExecutorScene.Ether, _scene.BalanceOf(_scene.Weth, _scene.Executor));
    }

    [Fact]
    public void A_loss_is_refused_even_if_nothing_is_asked_for()
    {
        var cycle = _scene.Cycle(_scene.Cheap);
        var less = cycle[1] with { AmountOut = cycle[0].AmountIn - 1 };

        Assert.True(_scene.Execute([cycle[0], cycle[1] with { AmountOut = cycle[0].AmountIn }]).IsSuccess); // nothing gained, nothing lost
        AssertRefused(new ExecutorScene().Execute([cycle[0], less], leastProfit: 1), "ProfitTooSmall(uint256)", UInt256.Zero);
    }

    [Theory]
    [InlineData(24_000_000, true)]
    [InlineData(23_999_999, false)]
    public void It_acts_up_to_the_last_block_that_is_wanted(ulong lastBlock, bool isDone)
    {
        var result = _scene.Execute(_scene.Cycle(_scene.Cheap), lastBlock: lastBlock);

        Assert.Equal(isDone, result.IsSuccess);
        if (!isDone)
        {
            AssertRefused(result, "TooLate(uint256)", lastBlock);
        }
    }

    [Fact]
    public void What_is_no_cycle_of_wrapped_ether_is_refused()
    {
        var cycle = _scene.Cycle(_scene.Cheap);

        AssertRefused(_scene.Execute([cycle[1], cycle[0]]), "NoCycle()");
        AssertRefused(_scene.Execute([cycle[0], cycle[0]]), "NoCycle()");
        AssertRefused(_scene.Execute([cycle[0], cycle[1] with { TokenIn = s_stranger }]), "NoCycle()");
    }

    [Fact]
    public void Only_the_owner_may_act_or_take_anything_out()
    {
        byte[] execute = ExecutorCall.Encode(_scene.Cycle(_scene.Cheap), UInt256.Zero, UInt256.Zero, new BlockNumber(ulong.MaxValue));
        byte[] withdraw = CallData.Of("withdraw(address,uint256,address)").Add(_scene.Weth).Add(UInt256.One).Add(s_stranger).ToArray();

        AssertRefused(_scene.Scene.Call(s_stranger, _scene.Executor, execute, UInt256.Zero), "NotOwner()");
        AssertRefused(_scene.Scene.Call(s_stranger, _scene.Executor, withdraw, UInt256.Zero), "NotOwner()");
        Assert.True(_scene.Scene.Call(_scene.Executor, withdraw).IsSuccess);
        _scene.Scene.Keep();
        Assert.Equal(UInt256.One, _scene.BalanceOf(_scene.Weth, s_stranger));
    }

    [Theory]
    [InlineData("uniswapV3SwapCallback(int256,int256,bytes)")]
    [InlineData("pancakeV3SwapCallback(int256,int256,bytes)")]
    public void A_callback_that_no_exchange_asked_for_is_refused(string callback)
    {
        byte[] call = CallData.Of(callback).Add(UInt256.One).Add(UInt256.Zero).Add((UInt256)96UL).Add(UInt256.Zero).ToArray();

        AssertRefused(_scene.Scene.Call(s_stranger, _scene.Executor, call, UInt256.Zero), "NotAsked()");
        AssertRefused(_scene.Scene.Call(_scene.Executor, call), "NotAsked()");
        _scene.Execute(_scene.Cycle(_scene.Ticks));
        _scene.Scene.Remove(_scene.Ticks); // so that its account can send the call
        AssertRefused(_scene.Scene.Call(_scene.Ticks, _scene.Executor, call, UInt256.Zero), "NotAsked()"); // the exchange is over
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_number_of_exchanges_that_it_does_not_take_is_refused_before_it_is_sent(int count)
    {
        var swap = _scene.Cycle(_scene.Cheap)[0];

        Assert.Throws<ArgumentException>(() => ExecutorCall.Encode([.. Enumerable.Repeat(swap, count)], UInt256.Zero, UInt256.Zero, default));
    }

    private static void AssertRefused(CallResult result, string error, params ReadOnlySpan<UInt256> arguments)
    {
        Assert.False(result.IsSuccess);
        byte[] expected = [.. Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(error)).ToArray()[..4]];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(result.Output.Span[..4]));
        for (int i = 0; i < arguments.Length; i++)
        {
            Assert.Equal(arguments[i], UInt256.FromBigEndian(result.Output.Span.Slice(4 + (i * UInt256.Size), UInt256.Size)));
        }
    }
}
