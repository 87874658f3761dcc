using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;

namespace Mempulse.Testing.Pools;

/// <summary>Random cycles of pools whose prices nearly agree, with tokens of 6, 8 and 18 decimals.</summary>
public static class RandomCycle
{
    /// <summary>A cycle.</summary>
    public static ProductLeg[] Of(PoolRandom random, int hops)
    {
        int[] decimals = [.. Enumerable.Range(0, hops).Select(_ => random.OneIn(2) ? 18 : random.OneIn(2) ? 6 : 8)];
        var legs = new ProductLeg[hops];
        for (int i = 0; i < hops; i++)
        {
            // One unit of value is the same number of whole tokens everywhere, give or take 6 %.
            var depth = random.Number(6, 22);
            legs[i] = new ProductLeg(Scale(depth * (ulong)random.Between(970, 1_030), decimals[i]), Scale(depth * (ulong)random.Between(970, 1_030), decimals[(i + 1) % hops]), Fee(random));
        }

        return legs;
    }

    /// <summary>The fee of Uniswap or of a fork.</summary>
    public static ProductFee Fee(PoolRandom random) => random.Below(3) switch
    {
        0 => ProductFee.UniswapV2,
        1 => new ProductFee(998, 1_000),
        _ => new ProductFee(9_975, 10_000),
    };

    private static UInt256 Scale(UInt256 amount, int decimals)
    {
        for (int i = 0; i < decimals; i++)
        {
            amount *= 10;
        }

        return amount;
    }
}
