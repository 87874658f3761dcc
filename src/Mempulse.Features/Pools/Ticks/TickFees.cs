namespace Mempulse.Features.Pools.Ticks;

/// <summary>The fee of each direction, in millionths of the input.</summary>
/// <param name="ZeroForOne">Of swaps that give token 0.</param>
/// <param name="OneForZero">Of swaps that give token 1.</param>
public readonly record struct TickFees(uint ZeroForOne, uint OneForZero)
{
    /// <summary>All of the input.</summary>
    public const uint Whole = 1_000_000;

    /// <summary>The fee of a pool of Uniswap V3; the protocol takes its share out of it.</summary>
    public static TickFees V3(uint fee) => new(fee, fee);

    /// <summary>The fees of a pool of Uniswap V4: the protocol's fee is taken first, the liquidity providers' of the rest.</summary>
    /// <param name="protocolFee">As slot 0 keeps it: the lower 12 bits are of ZeroForOne, the upper 12 of OneForZero.</param>
    /// <param name="providerFee">The liquidity providers' fee.</param>
    public static TickFees V4(uint protocolFee, uint providerFee) => new(Combine(protocolFee & 0xfff, providerFee), Combine(protocolFee >> 12, providerFee));

    /// <summary>The fee of a direction.</summary>
    public uint Of(SwapDirection direction) => direction == SwapDirection.ZeroForOne ? ZeroForOne : OneForZero;

    private static uint Combine(uint protocolFee, uint providerFee) => protocolFee + providerFee - (uint)((ulong)protocolFee * providerFee / Whole);
}
