using System.Text.RegularExpressions;
using Mempulse.Features.Decoding;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Trades;

/// <summary>What Uniswap's own calls trade is what they are called: the tokens, the exact amount on its side, and a limit on the other.</summary>
public sealed partial class RouterTradeTests
{
    private const string Router20 = "0x66a9893cc07d91d95644aedd05d03f95e1dba8af";

    private static readonly SortedDictionary<string, (string Address, int Decimals)> s_tokens = new(StringComparer.Ordinal)
    {
        ["ETH"] = ("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2", 18),
        ["WETH"] = ("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2", 18),
        ["DAI"] = ("0x6b175474e89094c44da98b954eedeac495271d0f", 18),
        ["USDC"] = ("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", 6),
    };

    public static TheoryData<string> Names => [.. UniversalRouterTests.Calls.Keys.Where(static name => !name.StartsWith("_MIGRATE", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_call_is_one_trade_with_a_number_or_a_limit_on_both_sides(string name)
    {
        var trade = Assert.Single(Read(name));

        Assert.NotNull(trade.TokenIn);
        Assert.NotNull(trade.TokenOut);
        Assert.NotEqual(trade.TokenIn, trade.TokenOut);
        Assert.Contains(trade.AmountIn.Meaning, new[] { AmountMeaning.Exact, AmountMeaning.Maximum });
        Assert.Contains(trade.AmountOut.Meaning, new[] { AmountMeaning.Exact, AmountMeaning.Minimum });
        Assert.False(trade.AmountIn.Value.IsZero);
        Assert.Equal("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", trade.Recipient?.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tokens_and_exact_amounts_are_those_of_the_name(string name)
    {
        var named = NamePattern().Match(name);
        if (!named.Success)
        {
            return; // names only its route
        }

        var trade = Read(name)[0];

        // "ETH_FOR_USDC_2_HOP" goes on from there to DAI.
        string last = name == "_UNISWAP_V2_1_ETH_FOR_USDC_2_HOP" ? "DAI" : named.Groups["out"].Value;
        Assert.Equal((s_tokens[named.Groups["in"].Value].Address, s_tokens[last].Address), (trade.TokenIn.ToString(), trade.TokenOut.ToString()));
        if (named.Groups["amountIn"].Success)
        {
            Assert.Equal((AmountMeaning.Exact, Units(named, "amountIn", "in")), (trade.AmountIn.Meaning, trade.AmountIn.Value));
        }
        else if (named.Groups["amountOut"].Success && !name.Contains("1000_ETH", StringComparison.Ordinal)) // the call is of 1 ETH
        {
            Assert.Equal(AmountMeaning.Maximum, trade.AmountIn.Meaning);
            Assert.Equal(Units(named, "amountOut", "out"), trade.AmountOut.Value);
        }
    }

    private static List<Trade> Read(string name)
    {
        var tree = Decoded.Call(Router20, UniversalRouterTests.Calls[name]);
        return [.. new TradeReader().Read(tree, ShippedRegistry.Value.WrappedEther(new ChainId(1)))];
    }

    private static UInt256 Units(Match named, string amount, string token) =>
        Enumerable.Range(0, s_tokens[named.Groups[token].Value].Decimals).Aggregate((UInt256)ulong.Parse(named.Groups[amount].Value, System.Globalization.CultureInfo.InvariantCulture), static (value, _) => value * 10);

    [GeneratedRegex("_(?:(?<amountIn>[0-9]+)_)?(?<in>W?ETH|DAI|USDC)_FOR_(?:(?<amountOut>[0-9]+)_)?(?<out>W?ETH|DAI|USDC)")]
    private static partial Regex NamePattern();
}
