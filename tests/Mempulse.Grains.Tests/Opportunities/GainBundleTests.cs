using Mempulse.Ethereum.Transactions;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;

namespace Mempulse.Grains.Tests.Opportunities;

/// <summary>The bundle of an opportunity on the code of real pools in our own EVM.</summary>
public sealed class GainBundleTests
{
    private const int Fee = 3_000;
    private const int Spacing = 60;

    private static readonly Address s_payer = Address.Parse("0x0000000000000000000000000000000000001000");
    private static readonly UInt256 s_liquidity = 1_000_000_000_000_000_000;

    private readonly ContractScene _scene = new();
    private readonly Address _pool;
    private readonly Address[] _tokens;

    public GainBundleTests()
    {
        _pool = DeployedCode.Read("uniswap-code.json.zst").Put(_scene, $"uniswap-v3-pool-{Fee}");
        _scene.Put(s_payer, ProbeCode.V3Forwarder);
        _tokens = [TokenOf("token0()"), TokenOf("token1()")];
        Array.ForEach(_tokens, token => _scene.Put(token, ProbeCode.Growing));
        Keep(_pool, CallData.Of("initialize(uint160)").Add(TickMath.SqrtPriceAt(0)));
        Keep(s_payer, CallData.Words().Add(_pool).AddRaw(CallData.Of("mint(address,int24,int24,uint128,bytes)").Add(s_payer).AddSigned(Spacing * 10, true).AddSigned(Spacing * 10, false).Add(s_liquidity).Add(160).Add(0).ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_pool_of_ticks_is_paid_and_moves_as_its_mathematics_say(int tokenIn)
    {
        UInt256 given = 1_000_000_000_000_000;
        var (limit, direction) = tokenIn == 0 ? (-Spacing * 10, SwapDirection.ZeroForOne) : (Spacing * 10, SwapDirection.OneForZero);
        var ticks = TickTable.Whole(Spacing, [KeyValuePair.Create(-Spacing * 10, (Int128)s_liquidity.LowUInt64), KeyValuePair.Create(Spacing * 10, -(Int128)s_liquidity.LowUInt64)]);
        var quote = new TickPool(ticks, new TickState(TickMath.SqrtPriceAt(0), 0, s_liquidity), TickFees.V3(Fee), TickRules.UniswapV3).Swap(direction, SwapExactness.Input, given, out var after);
        Assert.True(quote.IsFilled && after.Tick != limit);

        var query = GainBundle.Of(new ChainId(1), Opportunity(Leg(OppLegForm.Ticks, tokenIn, given, quote.AmountOut)), before: [], trigger: default);

        Run(query);
        var price = _scene.After(_pool, 0);
        UInt256.ShiftLeft(price, 96, out price);
        UInt256.ShiftRight(price, 96, out price);
        Assert.Equal(after.SqrtPriceX96, price);
    }

    [Fact]
    public void A_call_that_fails_takes_the_whole_bundle_back()
    {
        var query = GainBundle.Of(new ChainId(1), Opportunity(Leg(OppLegForm.Ticks, 0, given: 0, received: 1)), before: [], trigger: default); // the pool refuses an amount of nothing

        var tx = Read(query);
        _scene.Put(SimulatedExecutor.Account, SimulatedExecutor.Code.Span);

        Assert.False(_scene.Call(SimulatedExecutor.Account, tx).IsSuccess);
    }

    [Fact]
    public void The_request_is_for_the_base_and_begins_with_exactly_the_input()
    {
        var opp = Opportunity(Leg(OppLegForm.Ticks, 0, 7, 5)) with { Input = 7 };

        var query = GainBundle.Of(new ChainId(1), opp, before: [], new byte[] { 1, 2, 3 });

        Assert.Equal((opp.Base.ToString(), opp.Id, SimulatedExecutor.Account), (query.Block, query.Opportunity, query.Account));
        Assert.Equal([1, 2, 3], query.Transactions[0].Raw.ToArray());
        Assert.Equal([(SimulatedExecutor.Caller, SimulatedExecutor.GasMoney, false), (SimulatedExecutor.Account, new Wei(7), true)], query.Overrides.Select(static change => (change.Address, change.Balance!.Value, change.Code is not null)));
        Assert.All(query.Transactions, static transaction => Assert.False(transaction.MayRevert));
    }

    [Fact]
    public void What_the_sender_sent_before_runs_first_and_may_revert()
    {
        var query = GainBundle.Of(new ChainId(1), Opportunity(Leg(OppLegForm.Ticks, 0, 7, 5)), [new byte[] { 4 }, new byte[] { 5, 6 }], new byte[] { 1, 2, 3 });

        Assert.Equal(["04", "0506", "010203"], query.Transactions.Take(3).Select(static transaction => Convert.ToHexString(transaction.Raw.Span)));
        Assert.Equal([true, true, false, false], query.Transactions.Select(static transaction => transaction.MayRevert));
    }

    [Fact]
    public void What_cannot_be_simulated_is_said()
    {
        var opp = Opportunity(Leg(OppLegForm.Unknown, 0, 7, 5));

        Assert.Equal($"The form of pool {_pool} is not known.", GainBundle.Problem(opp));
        Assert.Equal("It gains another token.", GainBundle.Problem(opp with { Obstacle = "It gains another token." }));
        Assert.Empty(GainBundle.Problem(Opportunity(Leg(OppLegForm.Pair, 0, 7, 5))));
    }

    private void Run(SimQuery query)
    {
        byte[] input = Read(query);
        _scene.Put(SimulatedExecutor.Account, SimulatedExecutor.Code.Span);
        Assert.True(_scene.Call(SimulatedExecutor.Account, input).IsSuccess);
    }

    private static byte[] Read(SimQuery query)
    {
        Assert.True(TransactionView.TryRead(query.Transactions[1].Raw.Span, out var tx));
        Assert.Equal(SimulatedExecutor.Account, tx.Recipient);
        return tx.Input.ToArray();
    }

    private Address TokenOf(string getter) => new(_scene.Call(_pool, CallData.Of(getter).ToArray()).Output.Span[(UInt256.Size - Address.Size)..]);

    private void Keep(Address contract, CallData call)
    {
        Assert.True(_scene.Call(contract, call.ToArray()).IsSuccess);
        _scene.Keep();
    }

    private OppLegView Leg(OppLegForm form, int tokenIn, UInt256 given, UInt256 received) => new()
    {
        Pool = _pool, PoolId = default, Protocol = "uniswap-v3", TokenIn = _tokens[tokenIn], TokenOut = _tokens[1 - tokenIn], AmountIn = given, AmountOut = received, Form = form,
    };

    private OppView Opportunity(params OppLegView[] legs) => new()
    {
        Id = Testing.Scenarios.Named.Tx("opp"), Trigger = Testing.Scenarios.Named.Tx("trigger"), Base = Testing.Scenarios.Named.Block("base"), BaseNumber = new BlockNumber(7),
        Strategy = "backrun-arbitrage", StrategyVersion = 1, Registry = default, Purpose = OppPurpose.Gain, Extractor = "e/1", Scorer = "s/1",
        Urgency = 0, Worth = 0, Risk = 0, Score = 0, Value = default, Token = _tokens[0], Obstacle = string.Empty, Before = [], Input = legs[0].AmountIn, Profit = default, IsExact = true, SaferMinimum = default,
        IsHandedOn = true, RankedBelow = 0, Legs = legs, Status = "Open", End = OppEnd.None, By = null, Simulation = null,
    };
}
