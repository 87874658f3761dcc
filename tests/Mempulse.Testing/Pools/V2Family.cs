using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Uniswap V2: the amounts are those of the router, and the most and least that the pair accepts.</summary>
public sealed class V2Family : PoolFamily
{
    private const int ReserveBits = 112;

    private static readonly Address s_token0 = Address.Parse("0x0000000000000000000000000000000000001000");
    private static readonly Address s_token1 = Address.Parse("0x0000000000000000000000000000000000002000");
    private static readonly Address s_recipient = Address.Parse("0x0000000000000000000000000000000000003000");

    private readonly ContractScene _scene = new();
    private readonly Address _pair;
    private readonly Address _router;

    public V2Family()
    {
        var code = DeployedCode.Read("uniswap-code.json.zst");
        _pair = code.Put(_scene, "uniswap-v2-pair");
        _router = code.Put(_scene, "uniswap-v2-router");
        _scene.Put(s_token0, ProbeCode.Purse);
        _scene.Put(s_token1, ProbeCode.Purse);
    }

    /// <inheritdoc/>
    public override string Name => "Uniswap V2";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var pool = new ConstantProductPool(Reserve(random), Reserve(random), ProductFee.UniswapV2);
        int tokenIn = random.Below(2);
        var amount = random.OneIn(50) ? UInt256.Zero : random.Number(1, random.OneIn(10) ? 256 : 112);
        return random.OneIn(3) ? CompareOutput(pool, tokenIn, amount) : CompareInput(pool, tokenIn, amount);
    }

    private static UInt256 Reserve(PoolRandom random) => random.OneIn(50) ? UInt256.Zero : random.Number(8, ReserveBits);

    private (bool IsFilled, string? Difference) CompareInput(ConstantProductPool pool, int tokenIn, UInt256 amountIn)
    {
        var leg = pool.From(tokenIn);
        var (quote, after) = pool.SwapExactInput(tokenIn, 1 - tokenIn, amountIn);
        string given = $"{amountIn} of token {tokenIn} into {pool}: {quote}";
        var routed = _scene.Call(_router, CallData.Of("getAmountOut(uint256,uint256,uint256)").Add(amountIn).Add(leg.ReserveIn).Add(leg.ReserveOut).ToArray());
        if (!routed.IsSuccess)
        {
            return (false, quote.Failure is QuoteFailure.NothingGiven or QuoteFailure.InsufficientLiquidity or QuoteFailure.Overflow ? null : $"{given}, but the router refuses");
        }

        bool isFilled = Swap(pool, tokenIn, amountIn, routed.Word(0));
        if (isFilled != quote.IsFilled)
        {
            return (isFilled, $"{given}, but the pair {(isFilled ? "accepts" : "refuses")} {routed.Word(0)}");
        }

        if (!isFilled)
        {
            return (false, null);
        }

        var reserves = _scene.After(_pair, 8);
        var next = (ConstantProductPool)after;
        bool isSame = quote.AmountOut == routed.Word(0)
            && Packed(next) == (reserves.Limb(0), reserves.Limb(1), reserves.Limb(2), (uint)(reserves.Limb(3) & uint.MaxValue));
        if (!isSame || Swap(pool, tokenIn, amountIn, quote.AmountOut + UInt256.One))
        {
            return (true, $"{given}, but the router says {routed.Word(0)}, the reserves are {reserves}, or the pair gives more");
        }

        return (true, null);
    }

    private (bool IsFilled, string? Difference) CompareOutput(ConstantProductPool pool, int tokenIn, UInt256 amountOut)
    {
        var leg = pool.From(tokenIn);
        var quote = pool.QuoteExactOutput(tokenIn, 1 - tokenIn, amountOut);
        string given = $"{amountOut} for token {tokenIn} from {pool}: {quote}";
        var routed = _scene.Call(_router, CallData.Of("getAmountIn(uint256,uint256,uint256)").Add(amountOut).Add(leg.ReserveIn).Add(leg.ReserveOut).ToArray());
        bool isFilled = routed.IsSuccess && Swap(pool, tokenIn, routed.Word(0), amountOut);
        bool isSame = isFilled == quote.IsFilled && (!isFilled || quote.AmountIn == routed.Word(0));
        return (isFilled, isSame ? null : $"{given}, but the router {(routed.IsSuccess ? $"says {routed.Word(0)}" : "refuses")} and the pair {(isFilled ? "accepts" : "refuses")} it");
    }

    private bool Swap(ConstantProductPool pool, int tokenIn, UInt256 amountIn, UInt256 amountOut)
    {
        var (low, middle, high, top) = Packed(pool);
        _scene.Set(_pair, 6, CallData.Word(s_token0));
        _scene.Set(_pair, 7, CallData.Word(s_token1));
        _scene.Set(_pair, 8, new UInt256(low, middle, high, top));
        _scene.Set(_pair, 12, 1);
        _scene.Set(s_token0, 0, tokenIn == 0 ? UInt256.Add(pool.Reserve0, amountIn, out _) : pool.Reserve0);
        _scene.Set(s_token1, 0, tokenIn == 1 ? UInt256.Add(pool.Reserve1, amountIn, out _) : pool.Reserve1);
        var input = CallData.Of("swap(uint256,uint256,address,bytes)").Add(tokenIn == 0 ? 0 : amountOut).Add(tokenIn == 0 ? amountOut : 0).Add(s_recipient).Add(128).Add(0);
        return _scene.Call(_pair, input.ToArray()).IsSuccess;
    }

    /// <summary>Both reserves in one word, as the pair packs them, without the time.</summary>
    private static (ulong, ulong, ulong, uint) Packed(ConstantProductPool pool)
    {
        UInt256.ShiftLeft(pool.Reserve1, ReserveBits, out var second);
        var word = pool.Reserve0 + second;
        return (word.Limb(0), word.Limb(1), word.Limb(2), (uint)word.Limb(3));
    }
}
