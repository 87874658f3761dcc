using Mempulse.Features.Pools;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Uniswap V3: the amounts and the pool's state are those in the callback of the pool's swap.</summary>
public sealed class V3Family : PoolFamily
{
    private const int ProbeBytes = 5 * UInt256.Size;

    private static readonly (int Fee, int Spacing)[] s_tiers = [(100, 1), (500, 10), (3_000, 60), (10_000, 200)];
    private static readonly Address s_probe = Address.Parse("0x0000000000000000000000000000000000001000");

    private readonly ContractScene _scene = new();
    private readonly DeployedCode _code = DeployedCode.Read("uniswap-code.json.zst");

    public V3Family()
    {
        _scene.Put(s_probe, ProbeCode.V3Caller);
        foreach (var (fee, _) in s_tiers)
        {
            var pool = _code.Put(_scene, $"uniswap-v3-pool-{fee}");
            foreach (string token in new[] { "token0()", "token1()" })
            {
                _scene.Put(new Address(_scene.Call(pool, CallData.Of(token).ToArray()).Output.Span[(UInt256.Size - Address.Size)..]), ProbeCode.Yes);
            }
        }
    }

    /// <inheritdoc/>
    public override string Name => "Uniswap V3";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        // A pool of spacing 1 has 7,000 words to walk through, so it is rarer.
        var (fee, spacing) = s_tiers[random.OneIn(16) ? 0 : random.Between(1, s_tiers.Length - 1)];
        var ticks = new RandomTicks(random, spacing);
        var direction = random.OneIn(2) ? SwapDirection.ZeroForOne : SwapDirection.OneForZero;
        var exactness = random.OneIn(2) ? SwapExactness.Input : SwapExactness.Output;
        var amount = random.Number(1, random.OneIn(20) ? 255 : 100);
        var quote = new TickPool(ticks.Table, ticks.State, TickFees.V3((uint)fee), TickRules.UniswapV3).Swap(direction, exactness, amount, out var after);

        var pool = _code.AddressOf($"uniswap-v3-pool-{fee}");
        Store(pool, ticks);
        var answer = _scene.Call(s_probe, Input(pool, direction, exactness, amount));
        if (answer.Output.Length != ProbeBytes)
        {
            bool isRefused = !quote.IsFilled && quote.AmountIn.IsZero && quote.AmountOut.IsZero;
            return (false, isRefused ? null : $"fee {fee}, {direction}, {exactness} {amount} of {ticks.State}: {quote}, but the pool refuses");
        }

        var (given, received) = direction == SwapDirection.ZeroForOne ? (answer.Word(0), answer.Word(1)) : (answer.Word(1), answer.Word(0));
        UInt256.NegateWrapping(received, out received);
        bool isSame = (quote.AmountIn, quote.AmountOut) == (given, received)
            && (after.SqrtPriceX96, RandomTicks.Signed(after.Tick), after.Liquidity) == (answer.Word(2), answer.Word(3), answer.Word(4))
            && quote.Failure is QuoteFailure.None or QuoteFailure.InsufficientLiquidity;
        return (quote.IsFilled, isSame ? null : $"fee {fee}, {direction}, {exactness} {amount} of {ticks.State}: {quote}, {after}, but the pool takes {given}, gives {received} and goes to {answer.Word(2)}, {answer.Word(3)}, {answer.Word(4)}");
    }

    private void Store(Address pool, RandomTicks ticks)
    {
        _scene.ClearStorage();
        UInt256.ShiftLeft(RandomTicks.Signed(ticks.State.Tick), 232, out var tick);
        UInt256.ShiftRight(tick, 72, out tick);
        _scene.Set(pool, 0, ticks.State.SqrtPriceX96 + tick + new UInt256(0, 0, 0, (1UL << 48) | (1UL << 24) | (1UL << 8))); // unlocked, with one observation
        _scene.Set(pool, 4, ticks.State.Liquidity);
        _scene.Set(pool, 8, new UInt256(ContractScene.Timestamp, 0, 0, 1UL << 56));
        ticks.Store(_scene, pool, 5, 6);
    }

    private static byte[] Input(Address pool, SwapDirection direction, SwapExactness exactness, UInt256 amount)
    {
        var limit = direction == SwapDirection.ZeroForOne ? TickMath.MinSqrtPrice + UInt256.One : TickMath.MaxSqrtPrice - UInt256.One;
        byte[] swap = CallData.Of("swap(address,bool,int256,uint160,bytes)").Add(s_probe).Add(direction == SwapDirection.ZeroForOne ? 1UL : 0)
            .AddSigned(amount, exactness == SwapExactness.Output).Add(limit).Add(160).Add(0).ToArray();
        return CallData.Words().Add(pool).AddRaw(swap).ToArray();
    }
}
