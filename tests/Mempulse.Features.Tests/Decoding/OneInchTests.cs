using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Real calls of 1inch' routers: each is a swap whose given token and amounts are those of its words.</summary>
public sealed class OneInchTests
{
    [Fact]
    public void Every_real_call_is_decoded_and_its_amounts_are_words_of_its_calldata()
    {
        int count = 0;
        using var calls = CallVectors.Read("1inch-calls.json.zst");
        foreach (var call in calls.RootElement.EnumerateArray())
        {
            byte[] data = CallVectors.Bytes(call, "input");
            var tree = Decoded.Call(call.GetProperty("contract").GetString()!, data, chain: call.GetProperty("chainId").GetUInt64());
            string label = $"{call.GetProperty("label").GetString()} on {call.GetProperty("chainId")}";

            Assert.True(tree.Nodes[0].Status == DecodeStatus.Decoded, label);
            var swap = Assert.Single(tree.Effects.ToArray());
            Assert.Equal(EffectKind.Swap, swap.Kind);
            Assert.All(new[] { swap.AmountIn, swap.AmountOut }, amount => Assert.True(
                amount.Meaning is AmountMeaning.NotStated or AmountMeaning.Unresolved || (!amount.Value.IsZero && HasWord(data, amount.Value)), label));
            count++;
        }

        Assert.Equal(38, count);
    }

    [Fact]
    public void The_token_that_is_received_is_named_unless_only_a_pool_that_is_not_known_says_it()
    {
        using var calls = CallVectors.Read("1inch-calls.json.zst");
        var unnamed = calls.RootElement.EnumerateArray()
            .Where(static call => Decoded.Call(call.GetProperty("contract").GetString()!, CallVectors.Bytes(call, "input"), chain: call.GetProperty("chainId").GetUInt64()).Effects[0].TokenOut is null)
            .Select(static call => call.GetProperty("label").GetString())
            .Order(StringComparer.Ordinal);

        Assert.Equal(["uniswap_v3_swap_ethereum", "uniswap_v3_swap_polygon", "unoswap_arbitrum", "unoswap_to_with_permit_unknown_to_unknown_polygon", "unoswap_unknown_to_unknown_polygon"], unnamed);
    }

    [Fact]
    public void Each_version_is_read_by_its_own_layout()
    {
        using var calls = CallVectors.Read("1inch-calls.json.zst");
        var layouts = calls.RootElement.EnumerateArray()
            .Select(static call => (
                Name: call.GetProperty("name").GetString()!,
                Layout: Decoded.Call(call.GetProperty("contract").GetString()!, CallVectors.Bytes(call, "input"), chain: call.GetProperty("chainId").GetUInt64()).Nodes[0].Function!.Layout))
            .Distinct().Order();

        Assert.Equal(
            [("AggregationRouterV3", "1inch-v3"), ("AggregationRouterV4", "1inch-v3"), ("AggregationRouterV4", "1inch-v4"), ("AggregationRouterV5", "1inch-v5")],
            layouts);
    }

    [Fact]
    public void An_order_that_leaves_the_amount_to_the_maker_states_none()
    {
        using var calls = CallVectors.Read("1inch-calls.json.zst");
        var call = calls.RootElement.EnumerateArray().Single(static call => call.GetProperty("label").GetString() == "fill_order_rfq_ethereum");
        var swap = Decoded.Call(call.GetProperty("contract").GetString()!, CallVectors.Bytes(call, "input")).Effects[0];

        Assert.Equal(new Amount(AmountMeaning.Exact, 1_000_000_000, AmountSentinels.None), swap.AmountIn);
        Assert.Equal(new Amount(AmountMeaning.Unresolved, 0, AmountSentinels.Zero), swap.AmountOut);
        Assert.Equal((Address.Parse("0xdac17f958d2ee523a2206206994597c13d831ec7"), Address.Parse("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2")), (swap.TokenIn!.Value, swap.TokenOut!.Value));
    }

    private static bool HasWord(byte[] data, UInt256 value)
    {
        byte[] word = new byte[UInt256.Size];
        value.WriteBigEndian(word);
        return Enumerable.Range(0, (data.Length - 4) / 32).Any(i => data.AsSpan(4 + (32 * i), 32).SequenceEqual(word));
    }
}
