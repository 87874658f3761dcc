using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>A cycle that gains for some input has a marginal return above even, however small or large.</summary>
public sealed class MarginalReturnTests
{
    private static readonly ProductFee s_free = new(1, 1);
    private static readonly UInt256 s_reserve = 1_000_000_000_000_000_000;

    [Fact]
    public void A_gain_below_a_millionth_is_above_even()
    {
        Assert.True(MarginalReturn.TryBound([Leg(s_reserve, s_reserve + (UInt256)1_000_000_000), Leg(s_reserve, s_reserve)], out ulong millionths));

        Assert.Equal(MarginalReturn.Even + 1, millionths);
    }

    [Fact]
    public void A_loss_is_below_even()
    {
        Assert.True(MarginalReturn.TryBound([Leg(s_reserve, s_reserve), Leg(s_reserve + (UInt256)10_000_000_000_000, s_reserve)], out ulong millionths));

        Assert.InRange(millionths, MarginalReturn.Even - 11, MarginalReturn.Even - 9);
    }

    [Fact]
    public void Prices_beyond_what_is_multiplied_have_the_largest_return()
    {
        UInt256.ShiftLeft(UInt256.One, 30, out var received);

        Assert.True(MarginalReturn.TryBound([Leg(1, received), Leg(s_reserve, s_reserve)], out ulong millionths));
        Assert.Equal(ulong.MaxValue, millionths);
    }

    [Fact]
    public void An_empty_pool_returns_nothing()
    {
        Assert.True(MarginalReturn.TryBound([Leg(s_reserve, s_reserve), Leg(0, 0)], out ulong millionths));
        Assert.Equal(0UL, millionths);
    }

    private static CycleLeg Leg(UInt256 reserveIn, UInt256 reserveOut) => new(new ConstantProductPool(reserveIn, reserveOut, s_free), 0, 1);
}
