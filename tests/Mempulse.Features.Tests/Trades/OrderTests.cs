using Mempulse.Features.Decoding;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Trades;

/// <summary>Orders that a settlement fills for others, batches of swaps, and plans inside plans.</summary>
public sealed class OrderTests
{
    private const string Settlement = "0x9008d19f58aabd9ed0d60971565aa8510560ab41";
    private const string Vault = "0xba12222222228d8ba445958a75a0704d566bf2c8";

    [Theory]
    [InlineData(0, 0, 7, AmountMeaning.Exact, 1_007, AmountMeaning.Minimum, 900)] // sell all, with its fee
    [InlineData(1, 0, 7, AmountMeaning.Maximum, 1_007, AmountMeaning.Exact, 900)] // buy all
    [InlineData(2, 100, 0, AmountMeaning.Exact, 100, AmountMeaning.Minimum, 90)] // sell a tenth, for its part of the limit
    [InlineData(3, 100, 0, AmountMeaning.Maximum, 111, AmountMeaning.Exact, 100)] // buy a ninth
    public void An_order_is_exact_on_its_own_side_and_limited_on_the_other(int flags, int filled, int fee, AmountMeaning given, ulong amountIn, AmountMeaning received, ulong amountOut)
    {
        var trade = Assert.Single(Read(Settlement, Settle(Order(0, 1, 0xcc, flags, filled, fee))));

        Assert.Equal((At(0xaa), At(0xbb), At(0xcc)), (trade.TokenIn!.Value, trade.TokenOut!.Value, trade.Recipient!.Value));
        Assert.Equal((given, (UInt256)amountIn), (trade.AmountIn.Meaning, trade.AmountIn.Value));
        Assert.Equal((received, (UInt256)amountOut), (trade.AmountOut.Meaning, trade.AmountOut.Value));
        Assert.Equal((UInt256)99, trade.Deadline);
    }

    [Fact]
    public void Orders_of_a_settlement_are_not_added_up()
    {
        var trades = Read(Settlement, Settle(Order(0, 1, 0xcc, 0, 0, 0), Order(1, 0, 0, 0, 0, 0)));

        Assert.Equal([(At(0xaa), At(0xbb)), (At(0xbb), At(0xaa))], trades.Select(static trade => (trade.TokenIn!.Value, trade.TokenOut!.Value)));
        Assert.Null(trades[1].Recipient); // the owner, whom the calldata does not name
    }

    [Theory]
    [InlineData(0, 0xaa, 0xcc)]
    [InlineData(1, 0xcc, 0xaa)] // given out, the last swap comes first
    public void A_batch_of_the_vault_goes_from_its_first_asset_to_its_last_within_its_limits(int kind, byte tokenIn, byte tokenOut)
    {
        var (limitA, limitC) = kind == 0 ? (500, -90) : (-90, 500);
        byte[] call =
        [
            .. Convert.FromHexString("945bcec9"),
            .. AbiWords.Of(kind, 288, 704, 0xee, 0, 0xff, 0, 832, 1_000),
            .. AbiWords.Of(2, 64, 224), .. AbiWords.Of(1, kind == 0 ? 0 : 1, kind == 0 ? 1 : 0, 500, 160, 0), .. AbiWords.Of(1, kind == 0 ? 1 : 2, kind == 0 ? 2 : 1, 0, 160, 0),
            .. new byte[32], .. AbiWords.Of(3, 0xaa, 0xbb, 0xcc), .. AbiWords.Of(3), .. Signed(limitA), .. Signed(0), .. Signed(limitC),
        ];
        call[4 + 31 + 64] = 0;
        var trade = Assert.Single(Read(Vault, Fix(call)));

        Assert.Equal((At(tokenIn), At(tokenOut), At(0xff)), (trade.TokenIn!.Value, trade.TokenOut!.Value, trade.Recipient!.Value));
        Assert.Equal((AmountMeaning.Maximum, (UInt256)500), (trade.AmountIn.Meaning, trade.AmountIn.Value));
        Assert.Equal((AmountMeaning.Minimum, (UInt256)90), (trade.AmountOut.Meaning, trade.AmountOut.Value));
    }

    [Fact]
    public void A_call_inside_a_trade_is_a_part_of_it()
    {
        var registry = Features.Registry.RegistryReader.Read(System.Text.Encoding.UTF8.GetBytes(
            """
            {"format": 1,
             "abis": {
              "outer": {"protocol": "p", "functions": [{"signature": "f(address token, bytes data)", "selector": "0x12345678", "category": "swap", "effects": [{"kind": "swap", "tokenIn": "token", "tokenOut": "@target"}], "calls": {"data": "data", "target": "0x00000000000000000000000000000000000000ab"}}]},
              "inner": {"protocol": "p", "functions": [{"signature": "g(address token)", "selector": "0x87654321", "category": "swap", "effects": [{"kind": "swap", "tokenIn": "token", "tokenOut": "@target"}]}]}},
             "contracts": [
              {"address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "dex", "abis": ["outer"]},
              {"address": "0x00000000000000000000000000000000000000ab", "name": "B", "protocol": "p", "kind": "dex", "abis": ["inner"]}]}
            """));
        byte[] inner = [.. Convert.FromHexString("87654321"), .. AbiWords.Of(0xc1)];
        byte[] call = [.. Convert.FromHexString("12345678"), .. AbiWords.Of(0xc0, 64, inner.Length), .. inner, .. new byte[28]];
        var tree = Decoded.Call("0x00000000000000000000000000000000000000aa", call, registry);

        Assert.Equal(2, tree.Effects.Length);
        Assert.Equal(At(0xc0), Assert.Single(new TradeReader().Read(tree, null)).TokenIn);
    }

    /// <summary>Writes the offsets of assets and limits, which follow the swaps.</summary>
    private static byte[] Fix(byte[] call)
    {
        const int Swaps = 9 * 32;
        int assets = Swaps + (3 * 32) + (2 * 6 * 32) + 32;
        AbiWords.Of(Swaps).CopyTo(call.AsSpan(4 + 32));
        AbiWords.Of(assets).CopyTo(call.AsSpan(4 + 64));
        AbiWords.Of(assets + (4 * 32)).CopyTo(call.AsSpan(4 + (7 * 32)));
        AbiWords.Of(64 + (6 * 32)).CopyTo(call.AsSpan(4 + Swaps + 64));
        return call;
    }

    private static List<Trade> Read(string target, byte[] call) =>
        [.. new TradeReader().Read(Decoded.Call(target, call), ShippedRegistry.Value.WrappedEther(new ChainId(1)))];

    private static byte[] Order(int sell, int buy, int receiver, int flags, int filled, int fee) =>
        AbiWords.Of(sell, buy, receiver, 1_000, 900, 99, 1, fee, flags, filled, 352, 0);

    private static byte[] Settle(params byte[][] orders)
    {
        byte[] tokens = AbiWords.Of(2, 0xaa, 0xbb);
        byte[] prices = AbiWords.Of(2, 1, 1);
        byte[] trades = [.. AbiWords.Of(orders.Length), .. orders.SelectMany((order, i) => AbiWords.Of((32 * orders.Length) + (i * order.Length))), .. orders.SelectMany(static order => order)];
        return [.. Convert.FromHexString("13d79a0b"), .. AbiWords.Of(128, 128 + 96, 128 + 192, 128 + 192 + trades.Length), .. tokens, .. prices, .. trades, .. AbiWords.Of(96, 128, 160, 0, 0, 0)];
    }

    private static byte[] Signed(int value)
    {
        byte[] word = AbiWords.Of(value);
        word.AsSpan(0, 28).Fill((byte)(value < 0 ? 0xff : 0));
        return word;
    }

    private static Address At(byte last) => new([.. new byte[19], last]);
}
