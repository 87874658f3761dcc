using System.Text;
using System.Text.Json;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Json;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Grading;

/// <summary>The amounts of a function that drifts are not called certain, wherever they are in its call.</summary>
public sealed class DecodeTrustTests
{
    private const string Router = "0x00000000000000000000000000000000000000aa";
    private const string Other = "0x00000000000000000000000000000000000000ab";

    private static readonly ContractRegistry s_registry = RegistryReader.Read(Encoding.UTF8.GetBytes(
        """
        {"format": 1,
         "abis": {"router": {"protocol": "p", "bySelector": true, "functions": [
            {"signature": "swap(address tokenIn, address tokenOut, uint256 amountIn, uint256 least)", "category": "swap",
             "effects": [{"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "least"}}]},
            {"signature": "multicall(bytes[] data)", "category": "unknown", "calls": {"each": "data", "data": "item", "target": "@target"} }]} },
         "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]},
                       {"address": "0x00000000000000000000000000000000000000ab", "name": "Other", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
        """));

    private static readonly byte[] s_swap = [.. Selector("swap(address,address,uint256,uint256)"), .. AbiWords.Of(1, 2, 500, 900)];

    [Theory]
    [InlineData(Router, "swap(address,address,uint256,uint256)", true)]
    [InlineData(Router, "multicall(bytes[])", true)] // it contains the swap
    [InlineData(Other, "swap(address,address,uint256,uint256)", false)] // another contract
    [InlineData("0x0000000000000000000000000000000000000000", "swap(address,address,uint256,uint256)", false)] // contracts that are not known
    public void Amounts_are_stated_if_their_function_or_one_that_contains_it_drifts(string contract, string signature, bool isDrifting)
    {
        byte[] multicall = [.. Selector("multicall(bytes[])"), .. AbiWords.Of(32, 1, 32, s_swap.Length), .. s_swap, .. new byte[28]];
        var tree = Decoded.Call(Router, multicall, s_registry);
        var trade = Assert.Single(new TradeReader().Read(tree, null));
        var trust = new DecodeTrust([new GradedFunction(Address.Parse(contract), "router", signature)]);

        var relied = trust.Of(tree, trade);
        var effect = trust.Of(tree, tree.Effects[0]);

        // The trade is that of the whole plan, which the multicall is; the effect is that of the swap in it.
        bool isTradeDrifting = trust.IsDrifting(tree, trade.Node);
        Assert.Equal(isDrifting, trust.IsDrifting(tree, tree.Effects[0].Node));
        Assert.Equal(isDrifting ? AmountMeaning.Stated : AmountMeaning.Exact, effect.AmountIn.Meaning);
        Assert.Equal(isDrifting ? AmountMeaning.Stated : AmountMeaning.Minimum, effect.AmountOut.Meaning);
        Assert.Equal(((UInt256)500, (UInt256)900), (effect.AmountIn.Value, effect.AmountOut.Value));
        Assert.Equal(isTradeDrifting ? (AmountMeaning.Stated, AmountMeaning.Stated) : (AmountMeaning.Exact, AmountMeaning.Minimum), (relied.AmountIn.Meaning, relied.AmountOut.Meaning));
        Assert.Equal(isDrifting, Text(tree, multicall, trust).Contains("\"drifting\":true", StringComparison.Ordinal));
    }

    [Fact]
    public void A_maximum_of_a_function_that_drifts_bounds_nothing()
    {
        var tree = Decoded.Call(Router, s_swap, s_registry);
        var trust = new DecodeTrust([GradedFunction.Of(tree.Nodes[0])!.Value]);
        var trade = Assert.Single(new TradeReader().Read(tree, null));

        var relied = trust.Of(tree, trade with { AmountIn = new Amount(AmountMeaning.Maximum, 500, default), AmountOut = new Amount(AmountMeaning.Unresolved, 0, AmountSentinels.Zero) });

        Assert.Equal((AmountMeaning.Stated, AmountMeaning.Unresolved), (relied.AmountIn.Meaning, relied.AmountOut.Meaning));
    }

    [Fact]
    public void A_contract_that_is_known_by_the_selector_alone_drifts_with_all_of_them()
    {
        var tree = Decoded.Call("0x00000000000000000000000000000000000000ff", s_swap, s_registry);
        var trust = new DecodeTrust([new GradedFunction(default, "router", "swap(address,address,uint256,uint256)")]);

        Assert.Equal(AmountMeaning.Stated, trust.Of(tree, Assert.Single(new TradeReader().Read(tree, null))).AmountIn.Meaning);
        Assert.False(trust.IsDrifting(Decoded.Call(Router, s_swap, s_registry), 0));
    }

    [Fact]
    public void The_JSON_has_no_exact_amount_of_a_function_that_drifts()
    {
        var tree = Decoded.Call(Router, s_swap, s_registry);
        var trust = new DecodeTrust([GradedFunction.Of(tree.Nodes[0])!.Value]);

        Assert.DoesNotContain("exact", Text(tree, s_swap, trust), StringComparison.Ordinal);
        Assert.DoesNotContain("minimum", Text(tree, s_swap, trust), StringComparison.Ordinal);
        Assert.Contains("exact", Text(tree, s_swap, DecodeTrust.Full), StringComparison.Ordinal);
        Assert.DoesNotContain("drifting", Text(tree, s_swap, DecodeTrust.Full), StringComparison.Ordinal);
    }

    private static byte[] Selector(string signature) => Convert.FromHexString($"{Ethereum.Abi.AbiFunction.Parse(signature).Selector:x8}");

    private static string Text(DecodeTree tree, byte[] calldata, DecodeTrust trust)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            DecodeJson.Write(json, tree, new TradeReader().Read(tree, null), calldata, trust);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
