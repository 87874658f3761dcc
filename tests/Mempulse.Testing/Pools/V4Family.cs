using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Uniswap V4: the amounts and the pool's state are those in the callback of the manager's unlock.</summary>
public sealed class V4Family : PoolFamily
{
    private const int ProbeBytes = 3 * UInt256.Size;
    private const int MostProtocolFee = 1_000;

    private static readonly Address s_probe = Address.Parse("0x0000000000000000000000000000000000001000");
    private static readonly Address s_token0 = Address.Parse("0x0000000000000000000000000000000000002000");
    private static readonly Address s_token1 = Address.Parse("0x0000000000000000000000000000000000003000");

    private readonly ContractScene _scene = new();
    private readonly Address _manager;

    public V4Family()
    {
        _manager = DeployedCode.Read("uniswap-code.json.zst").Put(_scene, "uniswap-v4-pool-manager");
        _scene.Put(s_probe, ProbeCode.V4Caller);
    }

    /// <inheritdoc/>
    public override string Name => "Uniswap V4";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        int spacing = random.OneIn(2) ? random.Between(1, 200) : 60;
        uint fee = (uint)(random.OneIn(10) ? random.Between(0, (int)TickFees.Whole) : random.OneIn(20) ? (int)TickFees.Whole : random.Between(0, 10_000));
        uint protocolFee = random.OneIn(2) ? 0 : (uint)random.Between(0, MostProtocolFee) | ((uint)random.Between(0, MostProtocolFee) << 12);
        var ticks = new RandomTicks(random, spacing);
        var direction = random.OneIn(2) ? SwapDirection.ZeroForOne : SwapDirection.OneForZero;
        var exactness = random.OneIn(2) ? SwapExactness.Input : SwapExactness.Output;
        var amount = random.Number(1, random.OneIn(20) ? 255 : 100);
        var quote = new TickPool(ticks.Table, ticks.State, TickFees.V4(protocolFee, fee), TickRules.UniswapV4).Swap(direction, exactness, amount, out var after);

        string given = $"fee {fee} and {protocolFee}, {direction}, {exactness} {amount} of {ticks.State}: {quote}, {after}";
        var key = CallData.Words().Add(s_token0).Add(s_token1).Add(fee).Add((ulong)spacing).Add(0);
        var pool = Store(key, ticks, fee, protocolFee);
        var answer = _scene.Call(s_probe, Input(key, pool, direction, exactness, amount));
        if (answer.Output.Length != ProbeBytes)
        {
            bool isRefused = !quote.IsFilled && quote.AmountIn.IsZero && quote.AmountOut.IsZero;
            return (false, isRefused ? null : $"{given}, but the manager refuses");
        }

        var state = answer.Word(1);
        bool isSame = answer.Word(0) == Delta(direction, quote) && Slot0(after, fee, protocolFee) == state && answer.Word(2) == after.Liquidity
            && quote.Failure is QuoteFailure.None or QuoteFailure.InsufficientLiquidity;
        return (quote.IsFilled, isSame ? null : $"{given}, but the manager says {answer.Word(0)} and goes to {state}, {answer.Word(2)}");
    }

    private UInt256 Store(CallData key, RandomTicks ticks, uint fee, uint protocolFee)
    {
        _scene.ClearStorage();
        var pool = CallData.Hashed(CallData.Words().Add(CallData.Hashed(key.ToArray())).Add(6).ToArray());
        _scene.Set(_manager, pool, Slot0(ticks.State, fee, protocolFee));
        _scene.Set(_manager, pool + 3, ticks.State.Liquidity);
        ticks.Store(_scene, _manager, pool + 4, pool + 5);
        return pool;
    }

    private byte[] Input(CallData key, UInt256 pool, SwapDirection direction, SwapExactness exactness, UInt256 amount)
    {
        var limit = direction == SwapDirection.ZeroForOne ? TickMath.MinSqrtPrice + UInt256.One : TickMath.MaxSqrtPrice - UInt256.One;
        byte[] swap = CallData.Of("swap((address,address,uint24,int24,address),(bool,int256,uint160),bytes)").AddRaw(key.ToArray())
            .Add(direction == SwapDirection.ZeroForOne ? 1UL : 0).AddSigned(amount, exactness == SwapExactness.Input).Add(limit).Add(9 * UInt256.Size).Add(0).ToArray();
        byte[] data = CallData.Words().Add(pool).Add(pool + 3).AddRaw(swap).ToArray();
        return CallData.Words().Add(_manager).AddRaw(CallData.Of("unlock(bytes)").Add(UInt256.Size).AddBytes(data).ToArray()).ToArray();
    }

    private static UInt256 Slot0(TickState state, uint fee, uint protocolFee)
    {
        UInt256.ShiftLeft(RandomTicks.Signed(state.Tick), 232, out var tick);
        UInt256.ShiftRight(tick, 72, out tick);
        UInt256.ShiftLeft(((ulong)fee << 24) | protocolFee, 184, out var fees);
        return state.SqrtPriceX96 + tick + fees;
    }

    /// <summary>Both amounts in one word: what the swapper gets, 128 bits with a sign each.</summary>
    private static UInt256 Delta(SwapDirection direction, Quote quote)
    {
        UInt256.NegateWrapping(quote.AmountIn, out var given);
        var (first, second) = direction == SwapDirection.ZeroForOne ? (given, quote.AmountOut) : (quote.AmountOut, given);
        return new UInt256(second.Limb(0), second.Limb(1), first.Limb(0), first.Limb(1));
    }
}
