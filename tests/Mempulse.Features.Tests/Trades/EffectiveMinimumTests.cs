using Mempulse.Features.Decoding;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Trades;

/// <summary>The effective minimum of calls whose swaps, shares and payments each say something about it.</summary>
public sealed class EffectiveMinimumTests
{
    private const string Router20 = "0x66a9893cc07d91d95644aedd05d03f95e1dba8af";

    [Theory]
    [InlineData("_UNISWAP_SPLIT_THREE_ROUTES_ETH_TO_USDC", AmountMeaning.Exact, "3000000000000000000", AmountMeaning.Minimum, "3471564142")] // from the sweep alone
    [InlineData("_UNISWAP_V2_ETH_FOR_1000_USDC_WITH_FEE", AmountMeaning.Maximum, "954092494227022159", AmountMeaning.Minimum, "1000000000")] // 1052631578 less 5 % is 999999999; the sweep says more
    [InlineData("_UNISWAP_V2_1000_USDC_FOR_ETH", AmountMeaning.Exact, "1000000000", AmountMeaning.Minimum, "780012290817539937")] // from the unwrapping
    [InlineData("_UNISWAP_V4_ETH_FOR_DAI", AmountMeaning.Exact, "1000000000000000000", AmountMeaning.Minimum, "946673353260071692")] // from the swap
    public void The_largest_of_what_is_stated_holds(string name, AmountMeaning given, string amountIn, AmountMeaning received, string amountOut)
    {
        var tree = Decoded.Call(Router20, UniversalRouterTests.Calls[name]);
        var trade = Assert.Single(new TradeReader().Read(tree, ShippedRegistry.Value.WrappedEther(new ChainId(1))));

        Assert.Equal((given, amountIn), (trade.AmountIn.Meaning, trade.AmountIn.Value.ToString()));
        Assert.Equal((received, amountOut), (trade.AmountOut.Meaning, trade.AmountOut.Value.ToString()));
    }

    [Fact]
    public void A_share_that_is_paid_to_others_lowers_what_is_left()
    {
        // Without its last two commands (the sweep that states more), the call leaves what the swap gives less the share of 5 %.
        byte[] call = [.. UniversalRouterTests.Calls["_UNISWAP_V2_ETH_FOR_1000_USDC_WITH_FEE"]];
        int commands = call.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x0b, 0x09, 0x06, 0x04, 0x0c]);
        call[commands + 3] = 0x3e; // not a command
        var trade = Assert.Single(new TradeReader().Read(Decoded.Call(Router20, call), ShippedRegistry.Value.WrappedEther(new ChainId(1))));

        Assert.Equal(new Amount(AmountMeaning.Minimum, 999_999_999, default), trade.AmountOut);
    }

    [Theory]
    [InlineData(100, 800)]
    [InlineData(1_000, 0)]
    public void What_is_paid_to_another_account_lowers_what_is_left(int paid, ulong left)
    {
        byte[] swap = AbiWords.Of(2, 1_000, 900, 160, 1, 2, 0xaa, 0xbb);
        byte[] transfer = AbiWords.Of(0xbb, 0xdd, paid);
        byte[] call =
        [
            .. Convert.FromHexString("24856bc3"), .. AbiWords.Of(64, 128, 2), 0x08, 0x05, .. new byte[30],
            .. AbiWords.Of(2, 64, 96 + swap.Length, swap.Length), .. swap, .. AbiWords.Of(transfer.Length), .. transfer,
        ];
        var trade = Assert.Single(new TradeReader().Read(Decoded.Call(Router20, call), ShippedRegistry.Value.WrappedEther(new ChainId(1))));

        Assert.Equal(new Amount(AmountMeaning.Minimum, left, default), trade.AmountOut);
    }
}
