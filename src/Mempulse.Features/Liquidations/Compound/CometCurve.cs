using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Compound;

/// <summary>How a market of Compound V3 sets a rate: by the share of what was lent that is borrowed. All in parts of 10^18, rates per second.</summary>
/// <param name="Kink">The share above which the rate rises by <paramref name="SlopeHigh"/>.</param>
/// <param name="SlopeLow">How fast it rises up to the kink.</param>
/// <param name="SlopeHigh">How fast it rises from there on.</param>
/// <param name="Base">The rate while nothing is borrowed.</param>
public sealed record CometCurve(UInt256 Kink, UInt256 SlopeLow, UInt256 SlopeHigh, UInt256 Base)
{
    internal const ulong FactorScale = 1_000_000_000_000_000_000;

    private const int RateBits = 64;

    /// <summary>The rate at a share; failed where the contract reverts.</summary>
    internal CheckedWord RateAt(in CheckedWord share)
    {
        var rate = share <= Kink
            ? Base + (SlopeLow * share / FactorScale)
            : Base + (SlopeLow * (CheckedWord)Kink / FactorScale) + (SlopeHigh * (share - Kink) / FactorScale);
        return rate.Where(rate.Value.BitLength <= RateBits);
    }
}
