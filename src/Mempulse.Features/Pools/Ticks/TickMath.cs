using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Ticks;

/// <summary>Prices of ticks: the square root of 1.0001^tick in units of 2^-96, rounded as Uniswap V3 and V4 round it.</summary>
public static class TickMath
{
    /// <summary>The largest tick; the smallest is its negative.</summary>
    public const int MaxTick = 887_272;

    /// <summary>The smallest tick.</summary>
    public const int MinTick = -MaxTick;

    private const int HalfBits = 128;
    private const int FractionBits = 14;

    /// <summary>2 / log2(1.0001) in units of 2^-32, rounded.</summary>
    private const long TicksPerLog2 = 59_543_866_431_248;

    /// <summary>1.0001^(-2^i / 2) in units of 2^-128, rounded to the nearest.</summary>
    private static readonly UInt128[] s_factors =
    [
        new(0xfffcb933bd6fad37, 0xaa2d162d1a594001), new(0xfff97272373d4132, 0x59a46990580e213a), new(0xfff2e50f5f656932, 0xef12357cf3c7fdcc),
        new(0xffe5caca7e10e4e6, 0x1c3624eaa0941cd0), new(0xffcb9843d60f6159, 0xc9db58835c926644), new(0xff973b41fa98c081, 0x472e6896dfb254c0),
        new(0xff2ea16466c96a38, 0x43ec78b326b52861), new(0xfe5dee046a99a2a8, 0x11c461f1969c3053), new(0xfcbe86c7900a88ae, 0xdcffc83b479aa3a4),
        new(0xf987a7253ac41317, 0x6f2b074cf7815e54), new(0xf3392b0822b70005, 0x940c7a398e4b70f3), new(0xe7159475a2c29b74, 0x43b29c7fa6e889d9),
        new(0xd097f3bdfd2022b8, 0x845ad8f792aa5825), new(0xa9f746462d870fdf, 0x8a65dc1f90e061e5), new(0x70d869a156d2a1b8, 0x90bb3df62baf32f7),
        new(0x31be135f97d08fd9, 0x81231505542fcfa6), new(0x09aa508b5b7a84e1, 0xc677de54f3e99bc9), new(0x005d6af8dedb8119, 0x6699c329225ee604),
        new(0x00002216e584f5fa, 0x1ea926041bedfe98), new(0x00000000048a1703, 0x91f7dc42444e8fa2),
    ];

    /// <summary>The price of the smallest tick.</summary>
    public static UInt256 MinSqrtPrice { get; } = SqrtPriceAt(MinTick);

    /// <summary>The price of the largest tick, which no pool reaches.</summary>
    public static UInt256 MaxSqrtPrice { get; } = SqrtPriceAt(MaxTick);

    /// <summary>The price of a tick.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tick is not between the smallest and the largest.</exception>
    public static UInt256 SqrtPriceAt(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, MaxTick);
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, MinTick);
        int distance = Math.Abs(tick);
        var price = new UInt256(0, 0, 1, 0);
        for (int bit = 0; distance >> bit != 0; bit++)
        {
            if (((distance >> bit) & 1) != 0)
            {
                price = HighHalf(price, s_factors[bit]);
            }
        }

        if (tick > 0)
        {
            UInt256.Divide(UInt256.MaxValue, price, out price);
        }

        UInt256.ShiftRight(price + uint.MaxValue, 32, out var rounded);
        return rounded;
    }

    /// <summary>The largest tick whose price is not above <paramref name="sqrtPrice"/>.</summary>
    /// <param name="sqrtPrice">From the price of the smallest tick to below that of the largest.</param>
    public static int TickAt(in UInt256 sqrtPrice)
    {
        UInt256.ShiftLeft(sqrtPrice, 32, out var price);
        int exponent = price.BitLength - 1;
        UInt256.ShiftLeft(price, 255 - exponent, out var normal);
        var mantissa = new UInt128(normal.Limb(3), normal.Limb(2));
        Int128 log2 = (Int128)(exponent - HalfBits) << 64;
        for (int bit = 1; bit <= FractionBits; bit++)
        {
            // The mantissa stands for 1 to 2; a square of 2 or more gives the next bit of the logarithm.
            UInt256.MultiplyWrapping(Word(mantissa), Word(mantissa), out var square);
            if (square.IsNegative)
            {
                log2 |= Int128.One << (64 - bit);
            }
            else
            {
                UInt256.ShiftLeft(square, 1, out square);
            }

            mantissa = new UInt128(square.Limb(3), square.Limb(2));
        }

        // Fourteen bits leave an error below one tick, so one of two neighbours is meant.
        int guess = (int)((log2 * TicksPerLog2) >> 96);
        while (guess < MaxTick && SqrtPriceAt(guess + 1) <= sqrtPrice)
        {
            guess++;
        }

        while (SqrtPriceAt(guess) > sqrtPrice)
        {
            guess--;
        }

        return guess;
    }

    private static UInt256 Word(UInt128 value) => new((ulong)(value & ulong.MaxValue), (ulong)(value >> 64), 0, 0);

    private static UInt256 HighHalf(in UInt256 value, UInt128 factor)
    {
        if (value.Limb(2) != 0) // exactly 2^128
        {
            return Word(factor);
        }

        UInt256.MultiplyWrapping(value, Word(factor), out var product);
        UInt256.ShiftRight(product, HalfBits, out var high);
        return high;
    }
}
