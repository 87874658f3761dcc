using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>The highest base fee that a coming block can have. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
public static class FeeBound
{
    /// <summary>Most blocks ahead that are computed, inclusive: the fee grows tenfold within 20.</summary>
    public const int MaxBlocksAhead = 64;

    private const ulong Numerator = 9, Denominator = 8;

    /// <summary>The bound some blocks after a block: 9/8 of its base fee for each block, rounded up.</summary>
    /// <param name="baseFee">The base fee of the block.</param>
    /// <param name="blocksAhead">How many blocks after it, from 0 to <see cref="MaxBlocksAhead"/>.</param>
    public static Wei After(Wei baseFee, int blocksAhead)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocksAhead);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocksAhead, MaxBlocksAhead);
        var fee = baseFee.Value;
        for (int block = 0; block < blocksAhead; block++)
        {
            UInt256.DivRem(fee * Numerator, Denominator, out var quotient, out var remainder);
            fee = remainder.IsZero ? quotient : quotient + UInt256.One;
        }

        return new Wei(fee);
    }
}
