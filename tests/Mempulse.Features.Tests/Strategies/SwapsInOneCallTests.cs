using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>A call with several swaps: each runs on what those before it left, and the router gives what it holds once.</summary>
public sealed class SwapsInOneCallTests : IRulesView
{
    private const string Start = """{"format": 1, "wrappedEther": {"1": "0x00000000000000000000000000000000000000e0"}, "abis": {"router": {"protocol": "p", "functions": [""";
    private const string End = """]}}, "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}""";
    private const string First = """{"kind": "swap", "tokenIn": "a", "tokenOut": "b", "amountIn": {"exact": "amount", "sentinels": ["zero"]}, "amountOut": {"minimum": "minimum"}, "counterparty": "to", "route": {"pools": "first"}}""";
    private const string Second = """{"kind": "swap", "tokenIn": "b", "tokenOut": "c", "amountIn": {"exact": "given", "sentinels": ["zero"]}, "counterparty": "@sender", "route": {"pools": "second"}}""";
    private const string Share = """{"kind": "swap", "tokenIn": "b", "tokenOut": "c", "amountIn": {"exact": "amount", "sentinels": ["basisPoints"]}, "counterparty": "@sender", "route": {"pools": "second"}}""";
    private const string Arguments = "(uint256 amount, uint256 minimum, uint256 given, address a, address b, address c, address first, address second, address to)";

    private static readonly ProductLeg s_one = new(1_000_000, 2_000_000, ProductFee.UniswapV2);
    private static readonly ProductLeg s_two = new(3_000_000, 4_000_000, ProductFee.UniswapV2);

    private readonly TradeScene _scene = new();
    private readonly PendingTradeReader _reader = new();
    private ContractRegistry _registry = Registry("both", First, Second);

    public SwapsInOneCallTests()
    {
        _scene.Pair("one", "a", 1_000_000, "b", 2_000_000);
        _scene.Pair("two", "b", 3_000_000, "ether", 4_000_000);
    }

    RulesInForce? IRulesView.Registry => new(_registry, "made.json", new GlobalSeq(1));

    [Fact]
    public void The_second_swap_gives_what_the_router_holds_after_the_first()
    {
        var trade = Read("both", amount: 10_000, to: TradeScene.Router);

        var given = s_one.ExactInput(10_000).AmountOut;
        Assert.Equal((2, 0, false), (trade.Swaps.Count, trade.UnknownSwaps, trade.WouldFail));
        Assert.Equal((given, s_two.ExactInput(given).AmountOut), (trade.Swaps[1].Legs[0].AmountIn, trade.Swaps[1].Legs[0].AmountOut));
    }

    [Fact]
    public void What_the_first_swap_gives_to_another_account_is_not_held()
    {
        var trade = Read("both", amount: 10_000, to: Named.Account("stranger"));

        Assert.Equal((1, 1), (trade.Swaps.Count, trade.UnknownSwaps));
    }

    [Fact]
    public void What_is_held_is_given_once()
    {
        _registry = Registry("thrice", First, Second, Second);

        var trade = Read("thrice", amount: 10_000, to: TradeScene.Router);

        Assert.Equal((2, 1), (trade.Swaps.Count, trade.UnknownSwaps));
    }

    [Fact]
    public void A_share_of_what_is_held_is_not_all_of_it()
    {
        _registry = Registry("share", First, Share);

        Assert.Equal((1, 1), (Read("share", amount: 10_000, to: TradeScene.Router) is var trade ? trade.Swaps.Count : 0, trade.UnknownSwaps));
    }

    [Fact]
    public void A_pool_that_two_swaps_move_is_where_the_second_leaves_it()
    {
        _registry = Registry("again", First, First);

        var trade = Read("again", amount: 10_000, to: TradeScene.Router);

        var after = s_one.After(s_one.ExactInput(10_000));
        var moved = Assert.Single(trade.Moved);
        Assert.Equal(after.After(after.ExactInput(10_000)), ((ConstantProductPool)moved.After).From(moved.TokenIn));
    }

    [Fact]
    public void A_swap_that_would_fail_leaves_neither_a_gain_nor_advice_from_the_others()
    {
        _scene.Pair("beside", "b", 3_000_000, "ether", 4_000_000);
        var kept = Read("both", amount: 10_000, to: TradeScene.Router, given: 900_000);
        Assert.Equal((2, false), (kept.Swaps.Count, kept.WouldFail));
        Assert.All(Found(kept), static count => Assert.InRange(count, 1, 9));

        var failing = Read("both", amount: 10_000, to: TradeScene.Router, given: 900_000, minimum: 1_000_000);

        Assert.Equal((1, true), (failing.Swaps.Count, failing.WouldFail));
        Assert.All(Found(failing), static count => Assert.Equal(0, count));
    }

    [Fact]
    public void Swaps_beyond_sixteen_are_unknown()
    {
        _registry = Registry("many", [.. Enumerable.Repeat(First, PendingTradeReader.MaxSwaps + 1)]);

        var trade = Read("many", amount: 10, to: TradeScene.Router);

        Assert.Equal((PendingTradeReader.MaxSwaps, 1), (trade.Swaps.Count, trade.UnknownSwaps));
    }

    [Theory]
    [InlineData("a", "ether")]
    [InlineData("ether", "a")]
    public void A_swap_for_an_exact_amount_leaves_a_pool_of_ticks_where_it_gave_that_amount(string given, string received)
    {
        var (tokenIn, tokenOut) = (TradeScene.Token(given), TradeScene.Token(received));
        var ticks = new TickPool(
            TickTable.Whole(60, [KeyValuePair.Create(-60_000, (Int128)1_000_000_000_000), KeyValuePair.Create(60_000, -(Int128)1_000_000_000_000)]),
            new TickState(TickMath.SqrtPriceAt(0), 0, 1_000_000_000_000),
            TickFees.V3(3_000),
            TickRules.UniswapV3);
        _scene.Add("ticks", tokenIn < tokenOut ? [tokenIn, tokenOut] : [tokenOut, tokenIn], ticks);

        var moved = Assert.Single(_scene.Pending(TradeScene.SwapOut(5_000_000, 9_000_000, tokenIn, tokenOut)).Moved);

        ticks.Swap(tokenIn < tokenOut ? SwapDirection.ZeroForOne : SwapDirection.OneForZero, SwapExactness.Output, 5_000_000, out var reached);
        Assert.Equal(reached, ((TickPool)moved.After).State);
    }

    private static ContractRegistry Registry(string name, params IReadOnlyList<string> effects) => RegistryReader.Read(Encoding.UTF8.GetBytes(
        Start + $$"""{"signature": "{{name}}{{Arguments}}", "category": "swap", "effects": [{{string.Join(", ", effects)}}]}""" + End));

    private IEnumerable<int> Found(PendingTrade trade)
    {
        foreach (var strategy in new IStrategy[] { new BackrunArbitrage(), new ExposureAdvice() })
        {
            var found = new CandidateList();
            strategy.Find(trade, new StrategyViews { Book = _scene.Book, Markets = NoMarkets.Instance, Rules = this, Pool = FoldComposition.Default.Create(Scenario.Chain).Pool }, found);
            yield return found.Found.Count;
        }
    }

    private PendingTrade Read(string name, UInt256 amount, in Address to, UInt256? given = null, UInt256? minimum = null)
    {
        byte[] data = new byte[4 + (9 * AbiType.WordBytes)];
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse(name + Arguments).Selector);
        amount.WriteBigEndian(data.AsSpan(4, 32));
        (minimum ?? UInt256.Zero).WriteBigEndian(data.AsSpan(36, 32));
        (given ?? UInt256.Zero).WriteBigEndian(data.AsSpan(68, 32));
        Address[] accounts = [TradeScene.Token("a"), TradeScene.Token("b"), TradeScene.Ether, Named.Account("one"), Named.Account("two"), to];
        for (int i = 0; i < accounts.Length; i++)
        {
            accounts[i].CopyTo(data.AsSpan(100 + (32 * i) + 12));
        }

        var call = new CallRequest { Chain = Scenario.Chain, Block = new BlockNumber(1), Sender = Named.Account("sender"), Target = TradeScene.Router, Value = default, Data = data };
        return _reader.Read(_registry, Named.Tx("pending"), call, data, _scene.Book);
    }
}
